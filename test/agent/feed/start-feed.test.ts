import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FeedError, parseFeedMapping } from "#agent/feed/feed-mapping";
import { type FeedOptions, startFeed } from "#agent/feed/start-feed";
import { makeFolder } from "../folder.ts";
import { makeManualClock } from "../manual-clock.ts";

const MINUTE = 60_000;
const own = parseFeedMapping(
  '{"states":{"TALKING":"contact","LUNCH":"break","BYE":null},"tasks":true}',
  "f",
);

function openFeed(mapping = own) {
  const clock = makeManualClock();
  const states: Parameters<FeedOptions["onState"]>[0][] = [];
  const said: string[] = [];
  const feed = startFeed({
    folder: "/nowhere",
    clock,
    onState: (state) => states.push(state),
    say: (line) => said.push(line),
    mapping,
  });
  const take = (body: object) => feed.take(body);
  const told = () => states.map(({ thread, task }) => `${thread} ${task?.kind ?? "ends"}`);
  return { clock, feed, states, said, take, told };
}

test("a state posted is told with its kind, queue and time", () => {
  const { feed, take, states, clock } = openFeed();
  feed.setWanted(true);
  clock.advance(5 * MINUTE);
  const at = new Date(clock.now() - MINUTE).toISOString();
  expect(take({ state: "Talking", queue: "PS", task: "C-1", at })).toMatchObject({
    ok: true,
    code: "taken",
  });
  expect(states).toEqual([
    { thread: "main", task: { kind: "contact", label: "PS", task: "C-1" }, at: Date.parse(at) },
  ]);
});

test("a message that cannot be understood is refused and changes nothing", () => {
  const { feed, take, states } = openFeed();
  feed.setWanted(true);
  expect(take({ status: "TALKING" })).toMatchObject({ ok: false, code: "bad-state" });
  expect(states).toEqual([]);
});

test("a state without a mapping is told as unknown; its word is nowhere, only how many there are", () => {
  const { feed, take, told, said, states } = openFeed();
  feed.setWanted(true);
  const answers = ["Coaching by Eve", "coaching BY eve", "Toilet", "lunch"].map((state) =>
    take({ state }),
  );
  expect(told()).toEqual(["main unknown", "main unknown", "main unknown", "main break"]);
  expect(feed.state).toEqual({
    state: "sensed",
    reason: "2 states are not in feed-mapping.json and count as unknown",
  });
  expect(said).toEqual([
    "The feed told a state that is not in feed-mapping.json: it counts as unknown.",
  ]);
  const everything = JSON.stringify([answers, feed.state, said, states]);
  expect(everything).not.toMatch(/coaching|eve|toilet/i);
});

test("what the sender holds beside is counted in the answer and kept nowhere", () => {
  const { feed, take, states } = openFeed();
  feed.setWanted(true);
  const reply = take({ state: "TALKING", caller: "0612345678", name: "Ana", channel: "voice" });
  expect(reply.message).toContain("Fields that are not used: 2.");
  expect(JSON.stringify([reply, states])).not.toMatch(/0612|Ana|voice/);
});

test("the same event within a minute is one; later, or under another name, it is another", () => {
  const { feed, take, states, clock } = openFeed();
  feed.setWanted(true);
  const first = take({ state: "TALKING", event: "e1" });
  clock.advance(59_999);
  expect(take({ state: "LUNCH", event: "e1" })).toEqual(first);
  expect(states).toHaveLength(1);
  take({ state: "LUNCH", event: "e2" });
  clock.advance(1);
  take({ state: "TALKING", event: "e1" });
  expect(states).toHaveLength(3);
});

test("while nothing is wanted the answers are the same, and nothing of it comes later", () => {
  const { feed, take, states, told, clock } = openFeed();
  const bodies = [
    { state: "TALKING", id: "a", event: "e1" },
    { state: "TALKING", id: "a", event: "e1" },
    { state: "Nothing known" },
    { state: "" },
    { state: "BYE", id: "b", more: 1 },
  ];
  const unwanted = bodies.map(take);
  expect(states).toEqual([]);
  expect(feed.state).toEqual({ state: "off" });
  const before = clock.now();
  clock.advance(30_000);
  feed.setWanted(true);
  expect(feed.state).toEqual({ state: "sensed", reason: "nothing has come yet" });
  expect(states).toEqual([]);
  // What began before counts from now on: the time of the pause stays empty.
  take({ state: "LUNCH", at: before });
  expect(states).toEqual([{ thread: "main", task: { kind: "break" }, at: clock.now() }]);
  expect(bodies.map(take)).toEqual(unwanted);
  expect(told()).toEqual(["main break", "contact-1 contact", "main unknown"]);
});

test("when it is no longer wanted all that was under way ends, and who had a thread is forgotten", () => {
  const { feed, take, told } = openFeed();
  feed.setWanted(true);
  for (const id of [undefined, "a", "b"]) take({ state: "TALKING", id });
  feed.setWanted(false);
  expect(told().slice(3)).toEqual(["main ends", "contact-1 ends", "contact-2 ends"]);
  feed.setWanted(true);
  take({ state: "BYE", id: "b" });
  take({ state: "TALKING", id: "c" });
  expect(told().slice(6)).toEqual(["contact-1 contact"]);
});

test("a thread nothing more is heard of is over after twelve hours, one that is heard of is not", () => {
  const { feed, take, told, clock } = openFeed();
  feed.setWanted(true);
  take({ state: "TALKING", id: "a" });
  take({ state: "TALKING", id: "b" });
  clock.advance(11 * 60 * MINUTE);
  take({ state: "TALKING", id: "b" });
  clock.advance(60 * MINUTE);
  expect(told().slice(3)).toEqual(["contact-1 ends"]);
  feed.stop();
  expect(clock.nextDue()).toBeNull();
});

test("a mapping file that is wrong stops it at the start, with the place", () => {
  const folder = makeFolder();
  writeFileSync(join(folder, "feed-mapping.json"), '{"states":{"A":"talk"}}');
  const options = { folder, clock: makeManualClock(), onState: () => {}, say: () => {} };
  expect(() => startFeed(options)).toThrow(FeedError);
});
