import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forgetGateway } from "#agent/gateway/store/store";
import { makeFolder } from "../folder.ts";
import { at, makeBucket, type OpenGateway, openGateway, readFolder } from "./open-gateway.ts";

const FILE = "gateway.lines";

async function beat(gateway: OpenGateway, path: string, seconds: number, title = "a") {
  const body = { timestamp: at(seconds), data: { app: "our-crm", title } };
  return await gateway.call(`${path}/heartbeat?pulsetime=5`, { body });
}

test("after a restart everything is there again, and a heartbeat begins an event of its own", async () => {
  const first = await openGateway();
  const path = await makeBucket(first, "currentwindow");
  await beat(first, path, 0);
  await beat(first, path, 1);
  const before = await first.call("/api/0/export");
  const info = await first.call("/api/0/info");
  await first.stop();
  const second = await openGateway({ folder: first.folder });
  expect((await second.call("/api/0/export")).body).toEqual(before.body);
  expect((await second.call("/api/0/info")).body).toEqual(info.body);
  // What the last event said is gone with the process, so it is not known whether this says the same.
  expect((await beat(second, path, 2)).body).toMatchObject({
    id: 2,
    timestamp: at(2),
    duration: 0,
  });
  expect((await beat(second, path, 3)).body).toMatchObject({ id: 2, duration: 1 });
});

test("writes come every 15 seconds at most; a killed agent loses what came after the last", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  for (let second = 0; second < 60; second += 1) {
    await beat(gateway, path, second);
    gateway.clock.advance(1000);
  }
  // The first write is of the whole file, then lines are added.
  const lines = readFileSync(join(gateway.folder, FILE), "utf8").split("\n").filter(Boolean);
  expect(lines).toHaveLength(5);
  const killed = makeFolder();
  copyFileSync(join(gateway.folder, FILE), join(killed, FILE));
  const after = await openGateway({ folder: killed });
  expect((await after.call(`${path}/events`)).body).toMatchObject([{ id: 1, duration: 59 }]);

  await beat(gateway, path, 60);
  const again = makeFolder();
  copyFileSync(join(gateway.folder, FILE), join(again, FILE));
  const lost = await openGateway({ folder: again });
  expect((await lost.call(`${path}/events`)).body).toMatchObject([{ id: 1, duration: 59 }]);
});

test("the file is readable by its owner alone", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0);
  gateway.clock.advance(15_000);
  await beat(gateway, path, 15);
  gateway.clock.advance(15_000);
  expect(statSync(join(gateway.folder, FILE)).mode & 0o777).toBe(0o600);
});

test("a line that was being written when the agent was killed is left out without a word", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0);
  await gateway.stop();
  const file = join(gateway.folder, FILE);
  appendFileSync(file, readFileSync(file).subarray(0, 40));
  const again = await openGateway({ folder: gateway.folder });
  expect(again.told).toEqual([]);
  expect((await again.call(`${path}/events`)).body).toHaveLength(1);
});

test("a damaged file: what can be read goes on, the loss is said once, and the rest is removed", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0, "a");
  gateway.clock.advance(15_000);
  await beat(gateway, path, 15, "b");
  gateway.clock.advance(15_000);
  await beat(gateway, path, 30, "c");
  await gateway.stop();
  const file = join(gateway.folder, FILE);
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  expect(lines).toHaveLength(4);
  writeFileSync(
    file,
    `${[...lines.slice(0, 2), lines[2]?.replace("crm", "crn"), lines[3]].join("\n")}\n`,
  );
  const again = await openGateway({ folder: gateway.folder });
  expect(again.told).toEqual([["say", expect.stringContaining("could not be read")]]);
  expect((await again.call(`${path}/events`)).body).toMatchObject([{ id: 3 }, { id: 1 }]);
  await again.stop();
  expect((await openGateway({ folder: gateway.folder })).told).toEqual([]);
});

test.each([
  ["nothing of it can be read", () => "\u0000\u0001 garbage \n more"],
  ["it was cut in the middle", (text: string) => `${text.slice(0, 50)}\n`],
])("a file begins anew when %s", async (_name, damage) => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0);
  await gateway.stop();
  const file = join(gateway.folder, FILE);
  writeFileSync(file, damage(readFileSync(file, "utf8").trim()));
  const again = await openGateway({ folder: gateway.folder });
  expect(again.told).toEqual([["say", expect.stringContaining("could not be read")]]);
  await beat(again, await makeBucket(again, "currentwindow"), 1);
  expect((await again.call(`${path}/events/count`)).body).toBe(1);
});

test("another key reads nothing, and leaves nothing of the former person behind", async () => {
  const first = await openGateway({ encryptionKey: Buffer.alloc(32, 1) });
  const path = await makeBucket(first, "currentwindow");
  await beat(first, path, 0);
  await first.stop();
  const bytes = readFolder(first.folder);
  const second = await openGateway({ folder: first.folder, encryptionKey: Buffer.alloc(32, 2) });
  expect(second.told).toEqual([["say", expect.stringContaining("could not be read")]]);
  expect((await second.call("/api/0/buckets")).body).toEqual({});
  await second.stop();
  expect(readFolder(first.folder)).not.toContain(bytes.trim().split("\n")[0]);
});

test("what is deleted leaves the disk with the next write", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow", "gone_desk-7");
  await beat(gateway, path, 0);
  gateway.clock.advance(15_000);
  expect(readFolder(gateway.folder)).toContain("gone_desk-7");
  await gateway.call(`${path}?force=1`, { method: "DELETE" });
  gateway.clock.advance(15_000);
  expect(readFolder(gateway.folder)).not.toContain("gone_desk-7");
});

test("events go when the days of the charter are over, also while no watcher reports", async () => {
  const gateway = await openGateway({ rawDays: () => 2 });
  const path = await makeBucket(gateway, "currentwindow");
  await beat(gateway, path, 0);
  gateway.clock.advance(15_000);
  expect(readFolder(gateway.folder)).toContain('"crm"');
  gateway.clock.advance(3 * 24 * 3_600_000);
  expect((await gateway.call(`${path}/events/count`)).body).toBe(0);
  expect(readFolder(gateway.folder)).not.toContain('"crm"');
});

test("a disk that takes nothing is said once; what waited is written when it does again", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  // A folder in the place of the draft: the first write, of the whole file, fails.

  mkdirSync(join(gateway.folder, `${FILE}.draft`));
  await beat(gateway, path, 0);
  gateway.clock.advance(45_000);
  expect(gateway.told.filter(([what]) => what === "say")).toEqual([
    ["say", expect.stringContaining("cannot be")],
  ]);
  rmdirSync(join(gateway.folder, `${FILE}.draft`));
  gateway.clock.advance(15_000);
  expect(readFolder(gateway.folder)).toContain('"crm"');
});

test("a gateway that is forgotten leaves nothing in the folder", async () => {
  const gateway = await openGateway();
  await beat(gateway, await makeBucket(gateway, "currentwindow"), 0);
  await gateway.stop();
  expect(readFolder(gateway.folder)).toContain("crm");
  forgetGateway(gateway.folder);
  expect(readFolder(gateway.folder)).toBe("");
});
