import type { Bucket } from "../bucket.ts";
import type { Buckets } from "../buckets.ts";
import { clipTo, type Range } from "../event-table.ts";
import { Refusal } from "../refusal.ts";
import { flood } from "./flood.ts";
import type { Given } from "./given.ts";
import { mergeByKeys, readKey } from "./group.ts";
import { intersectPeriods, unitePeriods } from "./periods.ts";
import { eventList, list, seconds, type Value } from "./value.ts";

/** What a query may read. */
export interface Source {
  buckets: Buckets;
  period: Range;
}

type QueryFunction = (given: Given, source: Source) => Value;

/** The functions of ActivityWatch's query language that make sense of redacted events. */
export const functions = new Map<string, QueryFunction>([
  [
    "query_bucket",
    (given, source) => eventList(readEvents(findBucket(given.text(0), source), source)),
  ],
  [
    "query_bucket_eventcount",
    (given, source) => {
      const { events } = findBucket(given.text(0), source);
      return { kind: "number", value: events.select(source.period).length };
    },
  ],
  [
    "query_bucket_names",
    (_given, { buckets }) =>
      list(buckets.all().map(({ record }) => ({ kind: "text", value: record.id }))),
  ],
  [
    "find_bucket",
    (given, { buckets }) => {
      const [start, host] = [given.text(0), given.optionalText(1)];
      const fits = buckets
        .all()
        .map(({ record }) => record)
        .filter(
          ({ id, hostname }) => id.startsWith(start) && (host === undefined || hostname === host),
        );
      const found = fits.find(({ id }) => id === start) ?? fits[0];
      if (!found) throw new Refusal(400, "find_bucket: there is no such bucket.");
      return { kind: "text", value: found.id };
    },
  ],
  ["flood", (given) => eventList(flood(given.events(0)))],
  [
    "sort_by_timestamp",
    (given) => eventList(given.events(0).toSorted((a, b) => a.start - b.start)),
  ],
  [
    "sort_by_duration",
    (given) => eventList(given.events(0).toSorted((a, b) => b.duration - a.duration)),
  ],
  [
    "sum_durations",
    (given) => seconds(given.events(0).reduce((sum, { duration }) => sum + duration, 0)),
  ],
  ["limit_events", (given) => eventList(given.events(0).slice(0, Math.max(0, given.number(1))))],
  ["merge_events_by_keys", (given) => eventList(mergeByKeys(given.events(0), given.texts(1)))],
  ["filter_keyvals", (given) => eventList(given.events(0).filter(hasValue(given)))],
  [
    "exclude_keyvals",
    (given) => {
      const hasIt = hasValue(given);
      return eventList(given.events(0).filter((event) => !hasIt(event)));
    },
  ],
  [
    "filter_period_intersect",
    (given) => eventList(intersectPeriods(given.events(0), given.events(1))),
  ],
  ["period_union", (given) => eventList(unitePeriods(given.events(0), given.events(1)))],
  ["concat", (given) => eventList(given.allEvents())],
]);

function hasValue(given: Given): (event: ReturnType<Given["events"]>[number]) => boolean {
  const key = given.text(1);
  const values = new Set(given.plain(2));
  return ({ data }) => {
    const value = readKey(data, key);
    return value !== undefined && values.has(value);
  };
}

function findBucket(id: string, { buckets }: Source): Bucket {
  const bucket = buckets.find(id);
  if (!bucket) throw new Refusal(400, "There is no such bucket.");
  return bucket;
}

function readEvents({ events }: Bucket, { period }: Source) {
  const clip = clipTo(period);
  return events.select(period).flatMap((id) => {
    const event = events.get(id);
    return event ? [clip(event)] : [];
  });
}
