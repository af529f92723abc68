/*
 * Moments and durations as the gateway counts them: whole microseconds, moments since 1970. Watchers send
 * microseconds; a double holds them exactly until the year 2255.
 */

const shape = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+ -]\d\d:?\d\d)$/;

/** The last moment that is taken: the end of the year 2199. */
export const MAX_INSTANT = Date.UTC(2200, 0, 1) * 1000 - 1;

/**
 * Reads an RFC 3339 time. Its offset is used and forgotten; digits beyond microseconds are cut off. A space stands for
 * the `+` that some clients leave unescaped in an address.
 * @returns null when it is no such time, or outside 1970 to 2199
 */
export function parseInstant(text: string): number | null {
  const found = shape.exec(text);
  if (!found) return null;
  const [, date, time, fraction = "", zone = "Z"] = found;
  const offset = zone
    .toUpperCase()
    .replace(" ", "+")
    .replace(/(\d\d)(\d\d)$/, "$1:$2");
  const milliseconds = Date.parse(`${date}T${time}${offset}`);
  const instant = milliseconds * 1000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
  return instant >= 0 && instant <= MAX_INSTANT ? instant : null;
}

/** Writes a moment in UTC, with as many digits as it needs. */
export function formatInstant(instant: number): string {
  const iso = new Date(Math.floor(instant / 1000)).toISOString();
  const rest = instant % 1000;
  return rest === 0 ? iso : iso.replace("Z", `${String(rest).padStart(3, "0")}Z`);
}

/** Seconds, as they are on the wire, in whole microseconds. */
export function toMicroseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000);
}

/** Whole microseconds in seconds. */
export function toSeconds(microseconds: number): number {
  return microseconds / 1_000_000;
}
