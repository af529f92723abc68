import { clipTo, lengthOf, subtract } from "./intervals.ts";
import type { TimedSpan } from "./presence.ts";
import type { Interval } from "./time.ts";

export const WORKLOAD_BIN_MS = 900_000;

/** Shares of a quarter of an hour, each 0..1, exclusive, adding up to `observed`; the rest was not recorded. */
export interface WorkloadBin extends Interval {
  contact: number;
  acw: number;
  ready: number;
  other: number;
  observed: number;
}

/**
 * The workload curve: of each quarter of an hour, what share went to contacts, to after-contact work, to waiting
 * for the next contact, and to other recorded work. Where kinds overlap a contact wins over after-contact work,
 * both over other work, and all over waiting, so that the parts never add up to more than the whole.
 */
export function workloadCurve(spans: readonly TimedSpan[], window: Interval): WorkloadBin[] {
  const work = spans.filter((s) => s.kind !== "focus" && s.kind !== "unknown");
  const bins: WorkloadBin[] = [];
  const first = Math.floor(window.start / WORKLOAD_BIN_MS) * WORKLOAD_BIN_MS;
  for (let start = first; start < window.end; start += WORKLOAD_BIN_MS) {
    const bin = { start, end: start + WORKLOAD_BIN_MS };
    const inside = work.filter((s) => s.start < bin.end && s.end > bin.start);
    const pick = (kinds: readonly string[]) =>
      clipTo(
        bin,
        inside.filter((s) => kinds.includes(s.kind)),
      );
    const contact = pick(["contact"]);
    const acw = subtract(pick(["acw"]), contact);
    const rest = inside.filter((s) => !["contact", "acw", "ready"].includes(s.kind));
    const other = subtract(clipTo(bin, rest), [...contact, ...acw]);
    const ready = subtract(pick(["ready"]), [...contact, ...acw, ...other]);
    const share = (list: readonly Interval[]) => lengthOf(list) / WORKLOAD_BIN_MS;
    bins.push({
      ...bin,
      contact: share(contact),
      acw: share(acw),
      ready: share(ready),
      other: share(other),
      observed: share(clipTo(bin, inside)),
    });
  }
  return bins;
}
