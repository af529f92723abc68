import type { Timestamp } from "#schema/time";

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `14:30`, or `Mon 2 Mar 14:30` when it is on another day than `now`. Both as clocks at the workstation show them. */
export function writeClock(time: Timestamp, now: Timestamp): string {
  const clock = time.slice(11, 16);
  return time.slice(0, 10) === now.slice(0, 10) ? clock : `${writeDay(time)} ${clock}`;
}

/** `Mon 2026-03-02`. */
function writeDay(time: Timestamp): string {
  const date = time.slice(0, 10);
  return `${weekdays[new Date(`${date}T00:00:00.000Z`).getUTCDay()] ?? ""} ${date}`;
}

/** `10:05:07`, with the day before it when it is on another one. */
export function writeExactClock(time: Timestamp, now: Timestamp): string {
  const clock = time.slice(11, 19);
  return time.slice(0, 10) === now.slice(0, 10) ? clock : `${writeDay(time)} ${clock}`;
}

/** `1 batch`, `3 batches`. */
export function writeCount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `812 B`, `3.1 kB`. */
export function writeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
