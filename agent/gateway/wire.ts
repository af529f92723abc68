import { z } from "zod";
import { MAX_INSTANT, parseInstant, toMicroseconds } from "./instant.ts";

/** A moment as RFC 3339; microseconds come out. */
export const instant = z.string().transform((text, context) => {
  const found = parseInstant(text);
  if (found !== null) return found;
  context.addIssue({ code: "custom", message: "must be an RFC 3339 time" });
  return z.NEVER;
});

/** Seconds; whole microseconds come out. */
const duration = z
  .number()
  .min(0, { error: "must not be negative" })
  .max(MAX_INSTANT / 1_000_000)
  .default(0)
  .transform(toMicroseconds);

/** An event as it comes: its data are whatever the watcher put there. Unknown fields are ignored. */
export const wireEvent = z
  .object({
    id: z.int().positive().nullish(),
    timestamp: instant,
    duration,
    data: z.record(z.string(), z.unknown()).default({}),
  })
  .transform(({ timestamp, ...event }) => ({ ...event, start: timestamp }));
export type WireEvent = z.infer<typeof wireEvent>;

/** The body of a POST of events: many, or one as older clients send it. */
export const wireEvents = z
  .union([z.array(z.unknown()), z.unknown().transform((one) => [one])])
  .pipe(z.array(wireEvent));

/** What names may be made of that watchers give: they are kept as they are. */
const name = z.string().regex(/^[\p{L}\p{N}!][\p{L}\p{N}._:@+!() -]{0,127}$/u, {
  error: "up to 128 letters, digits and . _ - : @ + ( )",
});

export const bucketId = name;

/** The body that makes a bucket. The id comes from the address; everything not named here is ignored. */
export const wireBucket = z.object({
  type: name,
  client: name,
  hostname: name,
  data: z
    .object({
      device_id: z
        .string()
        .regex(/^[0-9A-Za-z-]{1,64}$/)
        .optional()
        .catch(undefined),
    })
    .catch({}),
});

/** One bucket of an export. Events that are none are left out. */
const exportedBucket = z.object({
  ...wireBucket.shape,
  id: bucketId,
  created: instant.nullish().catch(null),
  events: z.array(z.unknown()).default([]).transform(keepEvents),
});
export type ExportedBucket = z.infer<typeof exportedBucket>;

function keepEvents(events: readonly unknown[]): WireEvent[] {
  return events.flatMap((event) => {
    const parsed = wireEvent.safeParse(event);
    return parsed.success ? [parsed.data] : [];
  });
}

/** A map by id, as all servers write it, or a list, as the JSON schema of ActivityWatch says. */
export const wireExport = z.object({
  buckets: z.union([
    z.record(z.string(), exportedBucket).transform((byId) => Object.values(byId)),
    z.array(exportedBucket),
  ]),
});

/** `start/end` */
const period = z.string().transform((text, context) => {
  const [from, to, ...rest] = text.split("/").map((part) => parseInstant(part));
  if (rest.length === 0 && typeof from === "number" && typeof to === "number") return { from, to };
  context.addIssue({ code: "custom", message: "must be two RFC 3339 times with a / between" });
  return z.NEVER;
});

export const wireQuery = z.object({
  timeperiods: z.array(period).max(1000),
  query: z.array(z.string()).transform((lines) => lines.join("\n")),
});
