/** Times of which nothing is kept are remembered as long as the program runs, and no more of them than this. */
const MAX_GAPS = 200;
const DAY = 86_400_000_000;

/** A time in which nothing was recorded, in microseconds: `[from, to)`. */
interface Gap {
  from: number;
  to: number;
}

/** When recording is on, and what part of an event falls into a time in which it is. */
export interface Recording {
  /** Names the present stretch of recording without a break (its beginning); null while nothing is recorded. */
  stretch(): number | null;
  /** The part of an event after the last time without recording that it touches; null when it ends in such a time. */
  cut(event: { start: number; duration: number }): { start: number; duration: number } | null;
}

/**
 * Watches the agent's word on whether it records. Gaps are noticed when somebody asks: from the last moment recording
 * was seen on, to the moment it came on again. They live in memory alone: a list of pauses would be a trace of them.
 * @param since epoch milliseconds since when recording has been on without a break; null while it is off
 * @param now epoch milliseconds
 */
export function watchRecording(since: () => number | null, now: () => number): Recording {
  const gaps: Gap[] = [];
  let told = since();
  let begin = told === null ? null : told * 1000;
  // Off from the start: a pause that began in an earlier run. How long ago is not known; timed ones last a day at most.
  let lastOn = told === null ? now() * 1000 - DAY : now() * 1000;

  function look(): number | null {
    const present = since();
    const moment = now() * 1000;
    if (present === null) {
      begin = null;
    } else {
      if (begin === null || present !== told) addGap({ from: lastOn, to: present * 1000 });
      if (begin === null || present !== told) begin = present * 1000;
      // The clock was set back to before the stretch: it counts from here, not from a time still to come.
      begin = Math.min(begin, moment);
      lastOn = moment;
    }
    told = present;
    return begin;
  }

  function addGap(gap: Gap): void {
    if (gap.to <= gap.from) return;
    gaps.push(gap);
    const [first, second] = gaps;
    if (gaps.length <= MAX_GAPS || !first || !second) return;
    gaps.splice(0, 2, { from: first.from, to: second.to });
  }

  return {
    stretch: look,
    cut({ start, duration }) {
      const end = start + duration;
      let from = start;
      for (const gap of gaps) {
        if (end >= gap.from && end < gap.to) return null;
        if (from < gap.to && end > gap.from) from = gap.to;
      }
      return { start: from, duration: end - from };
    },
  };
}
