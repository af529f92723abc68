/** Times of which nothing is kept are remembered as long as the program runs, and no more of them than this. */
const MAX_GAPS = 200;

/** A time of which nothing is kept, in microseconds: `[from, to)`. */
interface Gap {
  from: number;
  to: number;
}

/** When recording is on, and what part of an event falls into a time in which it is. */
export interface Recording {
  /** A number that names the present stretch of recording without a break; null while nothing is recorded. */
  stretch(): number | null;
  /** The part of an event after the last time without recording that it touches; null when it ends in such a time. */
  cut(event: { start: number; duration: number }): { start: number; duration: number } | null;
  /** From now on a window `[from, to)` counts as one without recording, as far as it is over. */
  forget(window: { from: number; to: number }): void;
}

/**
 * Watches the agent's word on whether it records. Gaps are noticed when somebody asks: from the last moment recording
 * was seen on, to the moment it came on again. They live in memory alone: a list of pauses would be a trace of them.
 * All that lies before the first moment of recording is such a gap: watchers keep what nobody took, and bring it later,
 * also when somebody else has signed in meanwhile.
 * @param since epoch milliseconds since when recording has been on without a break; null while it is off
 * @param now epoch milliseconds
 */
export function watchRecording(since: () => number | null, now: () => number): Recording {
  let gaps: Gap[] = [];
  let told: number | null = null;
  let lastOn = 0;
  let lastOff = 0;

  function look(): number | null {
    const present = since();
    const moment = now() * 1000;
    if (present === null) {
      lastOff = moment;
    } else {
      if (present !== told) addGap({ from: lastOn, to: Math.max(present * 1000, lastOff) });
      // The clock was set back into a time without recording: it is on now, and goes on from here.
      if (gaps.some(({ to }) => to > moment))
        gaps = gaps.map(({ from, to }) => ({ from, to: Math.min(to, moment) }));
      lastOn = moment;
    }
    told = present;
    return present;
  }

  function addGap(gap: Gap): void {
    if (gap.to <= gap.from) return;
    gaps.push(gap);
    gaps.sort((a, b) => a.from - b.from);
    const [first, second] = gaps;
    if (gaps.length <= MAX_GAPS || !first || !second) return;
    gaps.splice(0, 2, { from: first.from, to: Math.max(first.to, second.to) });
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
    forget: ({ from, to }) => addGap({ from, to: Math.min(to, now() * 1000) }),
  };
}
