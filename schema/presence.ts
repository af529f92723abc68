import type { SpanKind } from "./activity.ts";
import { clipTo, intersect, lengthOf, unionOf } from "./intervals.ts";
import type { Interval } from "./time.ts";

/** A span with its times as epoch ms. */
export interface TimedSpan extends Interval {
  kind: SpanKind;
  label?: string | undefined;
}

/** Gaps up to five minutes between work spans are closed (design §3, presence). */
export const PRESENCE_GAP_MS = 300_000;

/** Observed time, or presence: union of work spans (not `unknown`, not `focus`) in the window, short gaps closed. */
export function observedTime(spans: readonly TimedSpan[], window: Interval): Interval[] {
  const work = spans.filter((s) => s.kind !== "focus" && s.kind !== "unknown");
  return unionOf(clipTo(window, work), PRESENCE_GAP_MS);
}

/**
 * Share of the planned time that was observed; without a schedule, of the stretch from first start to last end
 * (design §3). Null when there is nothing to divide by.
 */
export function coverageOf(
  spans: readonly TimedSpan[],
  schedule: readonly Interval[],
  window: Interval,
): number | null {
  const observed = observedTime(spans, window);
  const planned = clipTo(window, schedule);
  if (planned.length > 0) return lengthOf(intersect(observed, planned)) / lengthOf(planned);
  const first = observed[0];
  const last = observed.at(-1);
  if (!first || !last) return null;
  return lengthOf(observed) / (last.end - first.start);
}

/** Length in ms of the union of the spans of these kinds inside the window. */
export function timeOn(
  kinds: readonly SpanKind[],
  spans: readonly TimedSpan[],
  window: Interval,
): number {
  return lengthOf(
    clipTo(
      window,
      spans.filter((s) => kinds.includes(s.kind)),
    ),
  );
}
