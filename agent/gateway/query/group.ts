import { type RedactedData, shareData } from "../redacted-data.ts";
import type { QueryEvent } from "./value.ts";

/** What an event says under a key; undefined for all that is not kept here, as titles and addresses. */
export function readKey(data: RedactedData, key: string): string | undefined {
  if (key === "app") return data.app;
  return key === "status" ? data.status : undefined;
}

/**
 * One event for all that say the same under these keys, with the sum of their durations: `merge_events_by_keys`. A key
 * that is not kept here does not count, so that a query for application and title sums by category.
 */
export function mergeByKeys(events: readonly QueryEvent[], keys: readonly string[]): QueryEvent[] {
  if (keys.length === 0) return [];
  const merged = new Map<RedactedData, QueryEvent>();
  for (const { start, duration, data } of events) {
    const part = shareData({
      ...(keys.includes("app") && { app: data.app }),
      ...(keys.includes("status") && { status: data.status }),
    });
    const known = merged.get(part);
    if (known) known.duration += duration;
    else merged.set(part, { start, duration, data: part });
  }
  return [...merged.values()];
}
