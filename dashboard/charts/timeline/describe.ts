import type { TFunction } from "i18next";
import { isInterrupter } from "#schema/activity";
import {
  formatClock,
  formatDuration,
  formatExactDuration,
  formatStretch,
} from "../../view/format.ts";
import type { DayMark, DaySpan } from "../../view/timed-day.ts";
import { nameOfTool } from "../../view/tool-name.ts";
import type { WorkThing } from "./lay-out.ts";

/** What the tooltip says, and in one line what a screen reader says. */
export interface Description {
  title: string;
  detail: string;
  line: string;
}

/** The kind of a span in words, with its label. */
export function nameOfSpan(span: DaySpan, t: TFunction): string {
  if (span.kind === "focus") return nameOfTool(span.label ?? "other", t);
  const kind = t(`kinds.work.${span.kind}`);
  return span.label ? `${kind} · ${span.label}` : kind;
}

/** A span or a missing stretch in words. */
export function describeWork(thing: WorkThing, zone: string, t: TFunction): Description {
  if ("span" in thing) return describeSpan(thing.span, zone, t);
  const name = thing.missing.pending ? t("day.timeline.pending") : t("day.timeline.missing");
  // Where nothing was recorded nobody knows the second.
  const { start, end } = thing.missing;
  return describe(name, thing.missing, zone, formatDuration(end - start));
}

/** A span in words. */
export function describeSpan(span: DaySpan, zone: string, t: TFunction): Description {
  return describe(nameOfSpan(span, t), span, zone);
}

/** A mark in words; an interruption also tells by whom, and until when. */
export function describeMark(mark: DayMark, zone: string, t: TFunction): Description {
  const kind = t(`kinds.marks.${mark.kind}`);
  const title = mark.label ? `${kind} ${nameOfMarkLabel(mark, t)}` : kind;
  const detail =
    mark.until === undefined || mark.until === mark.at
      ? formatClock(mark.at, zone)
      : `${formatStretch({ start: mark.at, end: mark.until }, zone)} · ${formatExactDuration(mark.until - mark.at)}`;
  return { title, detail, line: `${title}, ${detail}` };
}

function nameOfMarkLabel(mark: DayMark, t: TFunction): string {
  const { kind, label } = mark;
  return kind === "interrupt" && isInterrupter(label)
    ? t(`kinds.interruptedBy.${label}`)
    : (label ?? "");
}

function describe(
  title: string,
  stretch: { start: number; end: number },
  zone: string,
  length = formatExactDuration(stretch.end - stretch.start),
): Description {
  const detail = `${formatStretch(stretch, zone)} · ${length}`;
  return { title, detail, line: `${title}, ${detail}` };
}
