import type { Context, Hono } from "hono";
import { describeEvent } from "../bucket.ts";
import { clipTo, type Range } from "../event-table.ts";
import { toMicroseconds } from "../instant.ts";
import { Refusal } from "../refusal.ts";
import { takeEvents, takeHeartbeat } from "../take-events.ts";
import { writeEvents } from "../transfer.ts";
import { wireEvent, wireEvents } from "../wire.ts";
import type { GatewayContext } from "./gateway-app.ts";
import { findBucket, findReported, readBody, readMoment } from "./read-request.ts";
import { sendPieces } from "./send-pieces.ts";

/** Events of a bucket: taken as heartbeats or as they are, read, counted, deleted. */
export function serveEvents(app: Hono, { taking }: GatewayContext): void {
  const { buckets } = taking;

  app.post("/api/0/buckets/:bucket/heartbeat", async (http) => {
    const bucket = findReported(http, buckets);
    const pulsetime = readPulsetime(http);
    const beat = await readBody(http, wireEvent);
    return http.json(describeEvent(takeHeartbeat(taking, bucket, beat, pulsetime)));
  });

  app.post("/api/0/buckets/:bucket/events", async (http) => {
    const bucket = findReported(http, buckets);
    const events = await readBody(http, wireEvents);
    return http.json(takeEvents(taking, bucket, events).map(describeEvent));
  });

  app.get("/api/0/buckets/:bucket/events", (http) => {
    const bucket = findBucket(http, buckets);
    const range = readRange(http);
    const ids = bucket.events.select(range, readLimit(http));
    return sendPieces(http, writeEvents(bucket, ids, clipTo(range)));
  });

  app.get("/api/0/buckets/:bucket/events/count", (http) =>
    http.json(findBucket(http, buckets).events.select(readRange(http)).length),
  );

  app.get("/api/0/buckets/:bucket/events/:event{[0-9]+}", (http) => {
    const event = findBucket(http, buckets).events.get(Number(http.req.param("event")));
    if (!event) throw new Refusal(404, "There is no such event.");
    return http.json(describeEvent(event));
  });

  app.delete("/api/0/buckets/:bucket/events/:event{[0-9]+}", (http) => {
    const bucket = findBucket(http, buckets);
    return http.json({ success: buckets.removeEvent(bucket, Number(http.req.param("event"))) });
  });
}

function readPulsetime(http: Context): number {
  const text = http.req.query("pulsetime") ?? "";
  const seconds = Number(text);
  if (text.trim() === "" || !Number.isFinite(seconds))
    throw new Refusal(400, "pulsetime must be a number of seconds.");
  return toMicroseconds(seconds);
}

function readRange(http: Context): Range {
  const from = readMoment(http, "start", "starttime") ?? 0;
  const to = readMoment(http, "end", "endtime") ?? Number.MAX_SAFE_INTEGER;
  return { from, to };
}

/** All, without a limit or with a negative one. */
function readLimit(http: Context): number {
  const text = http.req.query("limit");
  if (text === undefined || text === "") return Number.POSITIVE_INFINITY;
  const limit = Number(text);
  if (!Number.isInteger(limit)) throw new Refusal(400, "limit must be a whole number.");
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}
