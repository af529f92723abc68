/** A stretch of time, in microseconds. */
export interface Stretch {
  start: number;
  duration: number;
}

/** A stretch and the fingerprint of the data that came with it. */
export interface Beat extends Stretch {
  fingerprint: string;
}

/**
 * The rule of ActivityWatch (aw-core heartbeats.py, aw-transform heartbeat.rs): a heartbeat prolongs the last event of
 * its bucket if and only if it says the same and begins neither before that event nor more than `pulsetime` after its
 * end. The start stays; the end is the later of the two.
 * @param pulsetime microseconds
 * @returns null when the heartbeat is an event of its own
 */
export function mergeHeartbeat(last: Beat, beat: Beat, pulsetime: number): Stretch | null {
  const lastEnd = last.start + last.duration;
  if (beat.fingerprint !== last.fingerprint) return null;
  if (beat.start < last.start || beat.start > lastEnd + pulsetime) return null;
  const end = Math.max(lastEnd, beat.start + beat.duration);
  return { start: last.start, duration: end - last.start };
}
