import type { Charter } from "#schema/charter";
import { formatInZone } from "#schema/time";
import { mapCategory } from "../charter-guard.ts";
import type { Status } from "../control/messages.ts";
import type { Feed } from "../feed/start-feed.ts";
import type { Gateway } from "../gateway/start-gateway.ts";
import type { Identity } from "../identity.ts";
import type { DeskWatch } from "../sensors/watch-desk.ts";
import type { Bench } from "./answer.ts";
import { describePermission } from "./describe.ts";
import type { Troubles } from "./troubles.ts";

export interface DescribedParts extends Bench {
  identity: Identity;
  desk: DeskWatch;
  feed: Feed;
  gateway: Gateway | null;
  troubles: Troubles;
  /** Why the disk does not take what is written; null when all is well. */
  diskTrouble: () => string | null;
}

/** What a session is doing, for its person. */
export function describeSession(
  parts: DescribedParts,
): Omit<Status, "version" | "shared" | "desk"> {
  const { identity, outbox, recorder, permission, sender, desk, feed, gateway, clock, zone } =
    parts;
  const now = clock.now();
  const described = describePermission(permission, recorder, now, zone);
  const isRecording = described.recording === "on";
  const { scene } = recorder;
  const { open, sealed, sealedEvents, bytes, dead } = outbox.counts();
  const { state } = sender;
  return {
    ...described,
    now: formatInZone(now, zone),
    server: identity.server,
    mode: identity.mode,
    connection: { kind: state.kind, ...("message" in state && { message: state.message }) },
    applications: {
      ...desk.state.applications,
      inFront: isRecording ? nameFront(scene.inFront, permission.applied()) : null,
    },
    presence: { ...desk.state.presence, now: isRecording ? scene.presence : null },
    input: desk.state.input,
    gateway: gateway
      ? { ...gateway.state, address: gateway.address }
      : { state: "off", address: null },
    feed: feed.state,
    waiting: { held: open, batches: sealed, batchEvents: sealedEvents, bytes, refused: dead },
    troubles: listTroubles(parts),
  };
}

/** The category in front as it is recorded. */
function nameFront(category: string | null, charter: Charter | null): string | null {
  return category === null || charter === null ? null : mapCategory(charter, category);
}

/** What is wrong now, beside what was told before. */
function listTroubles(parts: DescribedParts) {
  const { troubles, outbox, recorder, permission, sender, gateway, diskTrouble } = parts;
  const { unsaved } = recorder;
  troubles.set("disk", diskTrouble());
  // Told by the outbox itself; over once a later wipe worked.
  if (!outbox.unwiped) troubles.set("not-wiped", null);
  troubles.set("lost-here", describeLoss(outbox.counts().lostUnnumbered));
  troubles.set("clock-differs", sender.clockTrouble());
  troubles.set("gateway", gateway?.trouble() ?? null);
  troubles.set("choices", permission.isUnkept ? notWritten("Your choices") : null);
  const { state } = sender;
  troubles.set(
    "not-taken",
    state.kind === "refused"
      ? `The site takes nothing from this workstation: ${state.message}`
      : null,
  );
  troubles.set(
    "unsaved",
    unsaved > 0 ? notWritten(`Of what was recorded, ${unsaved} events`) : null,
  );
  return troubles.list();
}

function notWritten(what: string): string {
  return `${what} could not be written to disk yet, and hold only while the agent runs. Free some space.`;
}

/** Events lost before a batch held them: no gap at the site can name them, so it is said here. */
function describeLoss(events: number): string | null {
  if (events === 0) return null;
  const subject = events === 1 ? "1 recorded event was" : `${events} recorded events were`;
  return `${subject} lost on this machine before sending: the store was full, or could not be read.`;
}
