import { appendFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Clock } from "#agent/clock";
import { parseFeedMapping } from "#agent/feed/feed-mapping";
import { type FeedOptions, startFeed } from "#agent/feed/start-feed";
import { eventually } from "#test/support/eventually";
import { makeFolder } from "../folder.ts";

const NOW = Date.parse("2026-11-25T08:30:00.000Z");
/** Stands still, and never looks by itself: the system's own word of changes has to do. */
const clock: Clock = { now: () => NOW, monotonic: () => 0, after: () => () => {} };

type State = Parameters<FeedOptions["onState"]>[0];

/** A feed on a log of its own, already following it. */
async function openFeed(head: string, csv: object) {
  const folder = makeFolder();
  const path = join(folder, "log.csv");
  writeFileSync(path, head);
  const mapping = parseFeedMapping(
    JSON.stringify({
      ...{ states: { TALKING: "contact" }, tasks: true },
      csv: { path, state: "State", ...csv },
    }),
    "f",
  );
  const heard: State[] = [];
  const said: string[] = [];
  let wake = () => {};
  const feed = startFeed({
    folder,
    clock,
    mapping,
    say: (line) => said.push(line),
    onState(state) {
      heard.push(state);
      wake();
    },
  });
  onTestFinished(feed.stop);
  async function next(): Promise<State> {
    for (;;) {
      const state = heard.shift();
      if (state) return state;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const untilItReads = () =>
    eventually(() => expect(feed.state.reason).toBe("nothing has come yet"));
  feed.setWanted(true);
  return {
    folder,
    path,
    feed,
    said,
    heard,
    next,
    untilItReads,
    write: (text: string) => appendFileSync(path, text),
  };
}

const columns = { at: "Time", queue: "Queue", task: "Case", id: "Call", delimiter: ";" };
const head = "Time;Agent;State;Queue;Case;Call\n";

test("columns are found by name, times are of the log's zone, and others' lines are passed over", async () => {
  const { next, write, untilItReads } = await openFeed(head, {
    ...columns,
    only: { Agent: "17" },
    format: "dd/MM/yyyy HH:mm:ss",
    zone: "Asia/Jerusalem",
  });
  await untilItReads();
  write("25/11/2026 10:29:00;18;TALKING;IN;C-9;x\n");
  write('25/11/2026 10:29:30;17;talking;"PS";C-1;x\n25/11/2026 10:29:50;17;ended;;;x\n');
  expect(await next()).toEqual({
    thread: "contact-1",
    task: { kind: "contact", label: "PS", task: "C-1" },
    at: NOW,
  });
  expect(await next()).toMatchObject({ thread: "contact-1", task: null });
});

test("what is no line of the log is counted, and nothing of it is said", async () => {
  const { next, write, untilItReads, feed, said } = await openFeed(head, columns);
  await untilItReads();
  write('only;three;cells\n;17;"Eve;IN;;\n;17;;IN;;\nyesterday;17;TALKING;IN;;\n;17;TALKING;;;\n');
  expect(await next()).toEqual({ thread: "main", task: { kind: "contact" }, at: NOW });
  expect(feed.state).toEqual({ state: "sensed", reason: "4 lines could not be read" });
  expect(said).toEqual(["A line of the file named in feed-mapping.json could not be read."]);
});

test("what was written before it began, and while nothing was wanted, never comes", async () => {
  const { next, write, untilItReads, feed, heard } = await openFeed("State\nTALKING\n", {});
  await untilItReads();
  feed.setWanted(false);
  write("TALKING\nbreak\n");
  feed.setWanted(true);
  await untilItReads();
  write("after_contact\n");
  expect(await next()).toMatchObject({ task: { kind: "acw" } });
  expect(heard).toEqual([]);
});

test("a log that is written anew whole, with its history, repeats nothing", async () => {
  const { next, write, untilItReads, folder, path, heard } = await openFeed("Time,State\n", {
    at: "Time",
  });
  await untilItReads();
  const old = "2026-11-24T08:00:00Z,break\n";
  const first = "2026-11-25T08:29:30Z,TALKING\n";
  write(first);
  expect(await next()).toMatchObject({ task: { kind: "contact" } });
  const fresh = join(folder, "fresh");
  writeFileSync(fresh, `Time,State\n${old}${first}2026-11-25T08:29:40Z,after_contact\n`);
  renameSync(fresh, path);
  expect(await next()).toMatchObject({ task: { kind: "acw" } });
  expect(heard).toEqual([]);
});

test("without times a file in the place of another is followed from its end", async () => {
  const { next, untilItReads, folder, path, heard, feed } = await openFeed("State\n", {});
  await untilItReads();
  rmSync(path);
  await eventually(() => expect(feed.state.state).toBe("unsupported"));
  const fresh = join(folder, "fresh");
  writeFileSync(fresh, "Agent,State\nx,TALKING\n");
  renameSync(fresh, path);
  await untilItReads();
  appendFileSync(path, "x,break\n");
  expect(await next()).toMatchObject({ task: { kind: "break" } });
  expect(heard).toEqual([]);
});

test("a log that is not there, or lacks a column, is told in plain words", async () => {
  const lacking = await openFeed("Time,Status\n", {});
  await eventually(() =>
    expect(lacking.feed.state).toEqual({
      state: "unsupported",
      reason:
        "the first line of the file named in feed-mapping.json does not have all the columns that are to be read; nothing has come yet",
    }),
  );
  rmSync(lacking.path);
  await eventually(() =>
    expect(lacking.feed.state).toMatchObject({
      state: "unsupported",
      reason: expect.stringContaining("is not there"),
    }),
  );
  expect(lacking.feed.take({ state: "break" })).toMatchObject({ ok: true });
  expect(await lacking.next()).toMatchObject({ task: { kind: "break" } });
});
