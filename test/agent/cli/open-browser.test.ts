import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { browserCommand, openPrivately } from "#agent/cli/open-browser";
import { eventually } from "#test/support/eventually";
import { makeFolder } from "../folder.ts";

const address = "http://127.0.0.1:7071/#one-time-ticket";

test.skipIf(process.platform === "win32")(
  "the browser is started with the name of a file that only its owner can read, never with the address",
  async () => {
    const folder = makeFolder();
    const bin = makeFolder();
    const told = join(bin, "told");
    writeFileSync(
      join(bin, "xdg-open"),
      `#!/bin/sh\nprintf '%s\\n' "$@" > ${told}.draft\nmv ${told}.draft ${told}\n`,
    );
    chmodSync(join(bin, "xdg-open"), 0o700);
    const env = { DISPLAY: ":1", PATH: `${bin}:${process.env.PATH}` };
    expect(await openPrivately(address, { folder, platform: "linux", env })).toBe(true);
    await eventually(() => expect(existsSync(told)).toBe(true));
    const words = readFileSync(told, "utf8");
    expect(words).not.toContain("one-time-ticket");
    expect(words).toMatch(/^file:\/\/\/.*\n$/);
    const file = fileURLToPath(words.trim());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const page = readFileSync(file, "utf8");
    expect(page).toContain(`content="0; url=${address}"`);
    expect(page).not.toMatch(/<script/i);
  },
);

test("where there is no screen nothing is written and nothing started", async () => {
  const folder = makeFolder();
  expect(await openPrivately(address, { folder, platform: "linux", env: {} })).toBe(false);
  expect(existsSync(join(folder, "open-desk.html"))).toBe(false);
});

test("on every platform the file is one word, whatever its folder is called", () => {
  const path = "/home/An & Bo 100%/open.html";
  const file = "file:///home/An%20%26%20Bo%20100%25/open.html";
  expect(browserCommand(path, "linux", { WAYLAND_DISPLAY: "wayland-0" })).toEqual([
    "xdg-open",
    file,
  ]);
  expect(browserCommand(path, "darwin", {})).toEqual(["open", file]);
  expect(browserCommand(path, "win32", {})).toEqual(["cmd", "/c", "start", "", file]);
});
