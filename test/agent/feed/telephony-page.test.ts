import { execFile, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parseFeedMapping } from "#agent/feed/feed-mapping";
import { openDesk } from "../desk/open-desk.ts";
import { makeFolder } from "../folder.ts";

const page = readFileSync("docs/telephony.md", "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map(
    ([, text = ""]) => text,
  );

/** A program of that name, in front of all others. */
function writeProgram(bin: string, name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o700);
}

const curl = spawnSync("sh", ["-c", "command -v curl"], { encoding: "utf8" }).stdout.trim();

test.skipIf(curl === "")(
  "the page's example posts a state, and the token is in no list of running programs",
  async () => {
    const { desk, fed } = await openDesk();
    const bin = makeFolder();
    const words = join(bin, "words");
    writeProgram(bin, "npx", `echo ${desk.token}`);
    writeProgram(bin, "curl", `printf '%s\\n' "$@" > ${words}\nexec ${curl} -s "$@"`);
    const [example = ""] = blocks("");
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-c", example.replace("http://127.0.0.1:7071", desk.address)],
      { env: { PATH: `${bin}:${process.env.PATH}` } },
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    expect(fed).toEqual([{ state: "on_contact", queue: "PS" }]);
    expect(readFileSync(words, "utf8")).toContain("on_contact");
    expect(readFileSync(words, "utf8")).not.toContain(desk.token);
  },
);

test("the page's mappings can be read as they stand", () => {
  const [mapping = "", log = ""] = blocks("json");
  expect(parseFeedMapping(mapping, "f").tasks?.test("C-4711")).toBe(true);
  expect(parseFeedMapping(log, "f").csv?.path).toBe("/var/log/cti/states.csv");
});
