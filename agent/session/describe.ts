import { isOn } from "#schema/charter";
import { formatInZone } from "#schema/time";
import { isChosen, mustBeAccepted } from "../choices.ts";
import type { Status } from "../control/messages.ts";
import type { Recorder } from "../recorder.ts";
import { placeInHours } from "./hours.ts";
import type { Permission } from "./permission.ts";

type Described = Pick<
  Status,
  | "recording"
  | "until"
  | "hours"
  | "charter"
  | "categories"
  | "holdBack"
  | "task"
  | "parked"
  | "openMarks"
>;

/** What is recorded now and why, and what the person has said of their work. */
export function describePermission(
  permission: Permission,
  recorder: Recorder,
  now: number,
  zone: string,
): Described {
  const { state, until } = permission.look();
  const { charter, choices, hours } = permission;
  const document = charter?.document;
  const applied = permission.applied();
  const place = hours ? placeInHours(hours, now) : { current: null, next: null };
  const times = (shift: { start: number; end: number } | null) =>
    shift && { start: formatInZone(shift.start, zone), end: formatInZone(shift.end, zone) };
  const { declared } = recorder.scene;
  const showTask = ({ said, since }: NonNullable<typeof declared.task>) => ({
    ...said,
    since: formatInZone(since, zone),
  });
  return {
    recording: state,
    until: until === null ? null : formatInZone(until, zone),
    hours: {
      known: hours?.known ?? false,
      current: times(place.current),
      next: times(place.next),
      outsideToo: applied !== null && isOn(applied, "off_schedule"),
    },
    charter: charter && {
      version: charter.document.version,
      title: charter.document.title,
      sha256: charter.sha256,
      rawDays: charter.document.rawDays,
    },
    categories: (document?.categories ?? []).map(({ id, on, optional, purpose, rawDays }) => ({
      id,
      on: applied !== null && isOn(applied, id),
      inCharter: on,
      optional: optional || mustBeAccepted.includes(id),
      chosen: isChosen(choices, id),
      purpose,
      rawDays,
    })),
    holdBack: {
      charter: document?.holdBackMinutes ?? 0,
      own: choices.holdBackMinutes,
      minutes: permission.holdBackMinutes(),
    },
    task: declared.task && showTask(declared.task),
    parked: declared.parked.map(showTask),
    openMarks: declared.marks.map(({ kind, at, label }) => ({
      kind,
      at: formatInZone(at, zone),
      ...(label !== undefined && { label }),
    })),
  };
}
