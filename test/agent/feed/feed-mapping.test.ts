import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  FEED_FILE,
  FeedError,
  neutralMapping,
  parseFeedMapping,
  readFeedMapping,
} from "#agent/feed/feed-mapping";
import { parseFeedEvent } from "#agent/feed/parse-feed-event";
import { makeFolder } from "../folder.ts";

const kindOf = (state: string, mapping = neutralMapping) => {
  const parsed = parseFeedEvent({ state }, mapping);
  return parsed.ok ? (parsed.event.task?.kind ?? null) : parsed.reason;
};

test("without a file the six neutral states are understood, in any case, and the end of a contact", () => {
  const mapping = readFeedMapping(join(makeFolder(), FEED_FILE));
  const found = [
    "available",
    "On_Contact",
    "ON_HOLD",
    " after_contact ",
    "off_queue",
    "break",
    "ended",
    "Closed",
  ].map((state) => kindOf(state, mapping));
  expect(found).toEqual(["ready", "contact", "contact", "acw", "unknown", "break", null, null]);
});

test("a file's own words come first, whatever their case, and the neutral ones stay", () => {
  const path = join(makeFolder(), FEED_FILE);
  const states = { TALKING: "contact", Lunch: "break", HANGUP: null, available: "meeting" };
  writeFileSync(path, `\uFEFF${JSON.stringify({ states })}`);
  const mapping = readFeedMapping(path);
  expect(
    ["talking", "LUNCH", "hangup", "Available", "after_contact"].map((s) => kindOf(s, mapping)),
  ).toEqual(["contact", "break", null, "meeting", "acw"]);
});

test("a state no mapping knows is unknown, also when it is called like something of the language", () => {
  for (const state of ["COACHING", "constructor", "__proto__", "toString", "42"])
    expect(kindOf(state)).toBe("unknown");
  const mapping = parseFeedMapping('{"states":{"__proto__":"break","constructor":"break"}}', "f");
  expect(kindOf("constructor", mapping)).toBe("break");
  expect(kindOf("valueOf", mapping)).toBe("unknown");
});

const states = (text: string) => `{"states":{${text}}}`;
const csv = (text: string) => `{"csv":{"path":"/log.csv",${text}}}`;

test.each([
  ["{", / is not JSON\.$/],
  [states('"TALKING":"talking"'), /: states, entry 1: .*contact/],
  [states('"4711":"acw","TALKING":"focus","12":"break"'), /: states, entry 2: /],
  [states('"TALKING":"acw", "12" : "focus"'), /: states, entry 2: /],
  [states('"Lunch":"break","LUNCH":"ready"'), /: states, entry 2: stands here twice/],
  [states('"Lunch":"break","LUNCH ":"ready"'), /: states, entry 2: stands here twice/],
  [states('"TALKING":"contact"," ":"break"'), /: states, entry 2: /],
  [states('"A\\"B":"talk","LUNCH":"eat"'), /: states, entry 1: .*; states, entry 2: /],
  ['{"states":["contact"]}', /: states: /],
  ['{"queues":{"TALKING":"PS","4711":"http://x"}}', /: queues, entry 2: up to 40 letters/],
  ['{"TALKING":{},"states":{}}', /: the file, entry 1: nothing of this name is known here\.$/],
  [csv('"state":"S","TALKING":"S","LUNCH":"S"'), /: csv, entry 3 and 4: nothing of this name/],
  [csv('"state":"S","only":{"Extension":"17","TALKING":17}'), /: csv\.only, entry 2: /],
  ['{"csv":{"path":"log.csv","state":"TALKING"}}', /: csv\.path: give the whole path/],
  ['{"csv":{"path":"/log.csv"}}', /: csv\.state: /],
  [csv('"state":"S","delimiter":"::"'), /: csv\.delimiter: one character/],
  [csv('"state":"S","zone":"Paris"'), /: csv\.zone: /],
  [csv('"state":"S","format":"dd.MM"'), /: csv\.format: /],
  [csv('"state":"S","task":"Case"'), /: csv\.task: say with "tasks"/],
  ['{"tasks":4711}', /: tasks: expected true, false, or a pattern/],
  ['{"tasks":"(TALKING"}', /: tasks: not a pattern/],
])("%s is refused with the place, and not a word of it", (json, message) => {
  const path = join(makeFolder(), FEED_FILE);
  writeFileSync(path, json);
  expect(() => readFeedMapping(path)).toThrow(FeedError);
  expect(() => readFeedMapping(path)).toThrow(message);
  expect(() => readFeedMapping(path)).not.toThrow(/TALKING|LUNCH|Extension|4711|http/);
  // A crash would print the cause as well.
  expect(() => readFeedMapping(path)).toThrow(
    expect.not.objectContaining({ cause: expect.anything() }),
  );
});
