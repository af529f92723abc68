import fc from "fast-check";
import { expect, test } from "vitest";
import { Buckets } from "#agent/gateway/buckets";
import { makeFingerprint } from "#agent/gateway/fingerprint";
import { makeForward } from "#agent/gateway/forward";
import { watchRecording } from "#agent/gateway/recording";
import { shareData } from "#agent/gateway/redacted-data";
import { type Taking, takeHeartbeat } from "#agent/gateway/take-events";
import { makeManualClock } from "../manual-clock.ts";
import { at, makeBucket, openGateway } from "./open-gateway.ts";

const SECOND = 1_000_000;

function makeTaking(): Taking {
  const clock = makeManualClock();
  const ignore = () => {};
  return {
    buckets: new Buckets("3f1a3b52-8f0e-4c1e-9f0e-0a1b2c3d4e5f"),
    recordings: {
      focus: watchRecording(() => 0, clock.now),
      input: watchRecording(() => null, clock.now),
    },
    forward: makeForward(
      { onWindow: ignore, onTab: ignore, onAway: ignore, onInput: ignore },
      clock,
    ),
    redact: () => shareData({}),
    fingerprint: makeFingerprint(),
    now: clock.now,
  };
}

interface Beat {
  start: number;
  duration: number;
  data: Record<string, unknown>;
  pulsetime: number;
}

/** The rule again, from its words, over rows of [first moment, last moment, what was said], all in microseconds. */
function replayByTheRule(beats: readonly Beat[]): [id: number, from: number, to: number][] {
  const rows: { id: number; from: number; to: number; said: string }[] = [];
  let current = -1;
  for (const { start, duration, data, pulsetime } of beats) {
    const said = Object.keys(data)
      .toSorted()
      .map((key) => `${key}=${JSON.stringify(data[key])}`)
      .join(";");
    const row = rows[current];
    const isSame = row !== undefined && row.said === said;
    const isNeitherBeforeNorTooLate =
      row !== undefined && !(start < row.from) && !(start - row.to > pulsetime);
    if (row && isSame && isNeitherBeforeNorTooLate) {
      if (start + duration > row.to) row.to = start + duration;
    } else {
      rows.push({ id: rows.length + 1, from: start, to: start + duration, said });
      current = rows.length - 1;
    }
  }
  return rows.map(({ id, from, to }) => [id, from, to]);
}

const beat = fc.record({
  start: fc.integer({ min: 0, max: 40 }).map((half) => (1000 + half / 2) * SECOND),
  duration: fc.integer({ min: 0, max: 8 }).map((half) => (half * SECOND) / 2),
  // Key order must not matter, the title must: it is not kept, but it separates events.
  data: fc.constantFrom<Record<string, unknown>>(
    { app: "a", title: "x" },
    { title: "x", app: "a" },
    { app: "a", title: "y" },
    { app: "b", title: "x" },
    {},
  ),
  pulsetime: fc.constantFrom(0, 0.5, 1, 2, 5).map((seconds) => seconds * SECOND),
});

test("heartbeats merge exactly as the rule of ActivityWatch says, in any order of arrival", () => {
  fc.assert(
    fc.property(fc.array(beat, { maxLength: 40 }), (beats) => {
      const taking = makeTaking();
      const bucket = taking.buckets.make({
        ...{ id: "one", type: "test", client: "c", hostname: "h", created: 0, device: null },
      });
      for (const { pulsetime, ...event } of beats) takeHeartbeat(taking, bucket, event, pulsetime);
      const kept = [...bucket.events].map(({ id, start, duration }) => [
        id,
        start,
        start + duration,
      ]);
      expect(kept).toEqual(replayByTheRule(beats));
    }),
    { numRuns: 1000 },
  );
});

test("the rule's edges: at the pulsetime it merges, a microsecond later it does not", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "test");
  const send = (timestamp: string, pulsetime: number, data = {}) =>
    gateway.call(`${path}/heartbeat?pulsetime=${pulsetime}`, { body: { timestamp, data } });
  await send("2026-11-25T08:30:00.000001Z", 1);
  expect((await send("2026-11-25T09:30:01.000001+01:00", 1)).body).toMatchObject({
    id: 1,
    timestamp: "2026-11-25T08:30:00.000001Z",
    duration: 1,
  });
  expect((await send("2026-11-25T08:30:02.000002Z", 1)).body).toMatchObject({ id: 2, duration: 0 });
  expect((await send("2026-11-25T08:30:02.000001Z", 1)).body).toMatchObject({ id: 3 });
});

test("a back-dated heartbeat of the watcher of absence prolongs its event to now", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "afkstatus");
  const send = (seconds: number, duration: number, status: string) =>
    gateway.call(`${path}/heartbeat?pulsetime=185`, {
      body: { timestamp: at(seconds), duration, data: { status } },
    });
  // Last input 180 s ago: what aw-watcher-afk sends when it notices.
  await send(-200, 0, "not-afk");
  await send(-180, 0, "not-afk");
  await send(-179.999, 179.999, "afk");
  await send(-179.999, 184.999, "afk");
  const { body } = await gateway.call(`${path}/events`);
  expect(body).toEqual([
    { id: 2, timestamp: at(-179.999), duration: 184.999, data: { status: "afk" } },
    { id: 1, timestamp: at(-200), duration: 20, data: { status: "not-afk" } },
  ]);
});

test("after events were posted, a heartbeat goes on with the latest of them", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "test");
  const data = { title: "same" };
  const send = (seconds: number) =>
    gateway.call(`${path}/heartbeat?pulsetime=5`, { body: { timestamp: at(seconds), data } });
  await send(0);
  await gateway.call(`${path}/events`, { body: [{ timestamp: at(10), duration: 1, data }] });
  expect((await send(12)).body).toMatchObject({ id: 2, duration: 2 });
  await gateway.call(`${path}/events/2`, { method: "DELETE" });
  expect((await send(13)).body).toMatchObject({ id: 3, duration: 0 });
});
