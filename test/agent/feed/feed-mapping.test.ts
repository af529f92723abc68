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

test.each([
  ["{", /feed-mapping\.json is not JSON/],
  ['{"states":{"TALKING":"talking"}}', /at states\.TALKING/],
  ['{"states":{"TALKING":"focus"}}', /at states\.TALKING/],
  ['{"states":{"Lunch":"break","LUNCH":"ready"}}', /stands here twice.*\n.*at states\.LUNCH/],
  ['{"states":["contact"]}', /at states/],
  ['{"queues":{"4711":"http://x"}}', /at queues\.4711|at queues\["4711"\]/],
  ['{"stats":{}}', /Unrecognized key: "stats"/],
  ['{"csv":{"path":"log.csv","state":"State"}}', /the whole path.*\n.*at csv\.path/],
  ['{"csv":{"path":"/log.csv"}}', /at csv\.state/],
  [
    '{"csv":{"path":"/log.csv","state":"S","delimiter":"::"}}',
    /one character.*\n.*at csv\.delimiter/,
  ],
  ['{"csv":{"path":"/log.csv","state":"S","zone":"Paris"}}', /at csv\.zone/],
  ['{"csv":{"path":"/log.csv","state":"S","format":"dd.MM"}}', /at csv\.format/],
])("%s is refused, with the place", (json, message) => {
  const path = join(makeFolder(), FEED_FILE);
  writeFileSync(path, json);
  expect(() => readFeedMapping(path)).toThrow(FeedError);
  expect(() => readFeedMapping(path)).toThrow(message);
});
