import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#agent/clock";
import { tailFile } from "#agent/feed/tail-file";
import { makeFolder } from "../folder.ts";
import { makeManualClock } from "../manual-clock.ts";

/** Follows a file; what is heard of it can be waited for, in order. */
function follow(path: string, clock = systemClock) {
  const heard: string[] = [];
  let wake = () => {};
  const hear = (what: string) => {
    heard.push(what);
    wake();
  };
  const stop = tailFile({
    path,
    clock,
    onHead: (line) => hear(`head ${line}`),
    onLine: (line, isAgain) => hear(`${isAgain ? "again" : "line"} ${line}`),
    onState: (state) => hear(state),
  });
  onTestFinished(stop);
  return {
    heard,
    stop,
    async next(): Promise<string> {
      while (heard.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return heard.shift() ?? "";
    },
  };
}

function makeLog(text: string) {
  const folder = makeFolder();
  const path = join(folder, "states.csv");
  writeFileSync(path, text);
  return { folder, path, write: (more: string | Buffer) => appendFileSync(path, more) };
}

test("what is in the file already is never told; what is written from now on is, line by line", async () => {
  const { path, write } = makeLog("State;At\nold;1\nolder;2\n");
  const tail = follow(path);
  expect(await tail.next()).toBe("head State;At");
  expect(await tail.next()).toBe("reading");
  write("new;3\n\nnewer;4\r\n");
  expect(await tail.next()).toBe("line new;3");
  expect(await tail.next()).toBe("line newer;4");
});

test("half a line waits for its other half, also in the middle of a letter", async () => {
  const { path, write } = makeLog("\uFEFFState\n");
  const tail = follow(path);
  expect(await tail.next()).toBe("head State");
  expect(await tail.next()).toBe("reading");
  const bytes = Buffer.from("première\n");
  write(Buffer.concat([Buffer.from("one\n"), bytes.subarray(0, 5)]));
  expect(await tail.next()).toBe("line one");
  write(bytes.subarray(5));
  expect(await tail.next()).toBe("line première");
});

test("the line that is being written while following begins is history too", async () => {
  const { path, write } = makeLog("State\nhal");
  const tail = follow(path);
  expect(await tail.next()).toBe("head State");
  expect(await tail.next()).toBe("reading");
  write("f\nwhole\n");
  expect(await tail.next()).toBe("line whole");
});

test("a file without a first line yet is read from its beginning", async () => {
  const { path, write } = makeLog("Sta");
  const tail = follow(path);
  expect(await tail.next()).toBe("reading");
  write("te\none\n");
  expect(await tail.next()).toBe("head State");
  expect(await tail.next()).toBe("line one");
});

test("when another file takes its place, the old one is read to its end and the new one from its beginning", async () => {
  const { folder, path, write } = makeLog("State\n");
  const tail = follow(path);
  await tail.next();
  await tail.next();
  write("one\n");
  expect(await tail.next()).toBe("line one");
  const moved = join(folder, "states.csv.1");
  renameSync(path, moved);
  expect(await tail.next()).toBe("missing");
  appendFileSync(moved, "two\n");
  const fresh = join(folder, "fresh");
  writeFileSync(fresh, "Time,State\n08:00,three\n");
  renameSync(fresh, path);
  expect(await tail.next()).toBe("line two");
  expect(await tail.next()).toBe("head Time,State");
  expect(await tail.next()).toBe("again 08:00,three");
  expect(await tail.next()).toBe("reading");
  // What is written from here on cannot have been told before.
  write("08:01,four\n");
  expect(await tail.next()).toBe("line 08:01,four");
});

test("a file that is emptied is read from its beginning again, first line and all", async () => {
  const { path, write } = makeLog("State\nsomething long that stood here before\n");
  const tail = follow(path);
  await tail.next();
  await tail.next();
  truncateSync(path, 0);
  write("Status\nnew\n");
  expect(await tail.next()).toBe("head Status");
  // Found emptied, or found written anew: as it happens.
  expect(await tail.next()).toMatch(/^(line|again) new$/);
});

test("a file that is not there is waited for; a folder in its place is none", async () => {
  const folder = makeFolder();
  const path = join(folder, "states.csv");
  const tail = follow(path);
  expect(await tail.next()).toBe("missing");
  mkdirSync(path);
  expect(await tail.next()).toBe("unreadable");
  rmSync(path, { recursive: true });
  expect(await tail.next()).toBe("missing");
  const made = join(folder, "made");
  writeFileSync(made, "State\none\n");
  renameSync(made, path);
  expect(await tail.next()).toBe("head State");
  expect(await tail.next()).toBe("again one");
});

test("where the system tells of no change, a look every two seconds finds it", async () => {
  const folder = join(makeFolder(), "later");
  const path = join(folder, "states.csv");
  const clock = makeManualClock();
  const tail = follow(path, clock);
  expect(await tail.next()).toBe("missing");
  // Its folder was not there to be watched.
  mkdirSync(folder);
  writeFileSync(path, "State\none\n");
  clock.advance(2_000);
  expect(await tail.next()).toBe("head State");
  expect(await tail.next()).toBe("again one");
  expect(await tail.next()).toBe("reading");
  appendFileSync(path, "two\n");
  clock.advance(2_000);
  expect(await tail.next()).toBe("line two");
});

test("a line without end is no line, and the next one is heard", async () => {
  const { path, write } = makeLog("State\n");
  const tail = follow(path);
  await tail.next();
  await tail.next();
  for (let part = 0; part < 5; part++) write("x".repeat(50_000));
  expect(await tail.next()).toBe("line null");
  write("x\nafter\n");
  expect(await tail.next()).toBe("line after");
});

test("megabytes at once come whole and in order", async () => {
  const { path, write } = makeLog("State\n");
  const tail = follow(path);
  await tail.next();
  await tail.next();
  const lines = Array.from(
    { length: 60_000 },
    (_, index) => `état ${index} ${"é".repeat(index % 40)}`,
  );
  write(`${lines.join("\n")}\n`);
  for (const line of lines) if ((await tail.next()) !== `line ${line}`) expect.unreachable(line);
});

test("nothing is told once following has ended", async () => {
  const { path, write } = makeLog("State\n");
  const [one, other] = [follow(path), follow(path)];
  for (const tail of [one, other]) expect(await tail.next()).toBe("head State");
  one.stop();
  one.heard.length = 0;
  expect(await other.next()).toBe("reading");
  write("after\n");
  expect(await other.next()).toBe("line after");
  expect(one.heard).toEqual([]);
});
