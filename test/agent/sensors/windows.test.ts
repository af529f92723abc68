import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openVirtualDesktop } from "#test/bench/desk/virtual-desktop";
import { missingWine, openWine } from "#test/support/wine";

const state = z.object({ kind: z.string(), reason: z.string().optional() });
const told = z.union([
  z.strictObject({ sense: z.enum(["window", "lock", "age", "input"]), state }),
  z.strictObject({ application: z.string().nullable() }),
  z.strictObject({ isLocked: z.boolean() }),
  z.strictObject({ age: z.number().nullable() }),
  z.strictObject({ input: z.enum(["key", "click", "scroll"]) }),
]);
type Told = z.infer<typeof told>;

test("on the Windows of Wine the senses tell windows, input and its age as they happen", {
  timeout: 180_000,
}, async (context) => {
  const missing = missingWine();
  if (missing) return context.skip(missing);
  const desktop = await openVirtualDesktop([]);
  if (!desktop) return context.skip("no Xvfb, openbox, xterm and xdotool here");
  const xdotool = (...words: string[]) =>
    execFileSync("xdotool", words, {
      env: { ...process.env, DISPLAY: desktop.display },
      encoding: "utf8",
      timeout: 20_000,
    }).trim();
  const folder = mkdtempSync(join(tmpdir(), "etabli-titles-"));
  const letter = join(folder, "Customer Zephyrine.txt");
  writeFileSync(letter, "invoice 4711");
  const wine = openWine(desktop.display);
  context.onTestFinished(() => {
    wine.close();
    desktop.close();
    rmSync(folder, { recursive: true });
  });

  const lines: Told[] = [];
  let wake = () => {};
  /** Waits for something that fits and was told after so many lines; gives how many there were then. */
  async function until(fits: (line: Told) => boolean, after = 0): Promise<number> {
    for (;;) {
      const found = lines.findIndex((line, index) => index >= after && fits(line));
      if (found >= 0) return found + 1;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const inFront = (name: string) => (line: Told) =>
    "application" in line && line.application === name;
  const ageBetween = (least: number, most: number) => (line: Told) =>
    "age" in line && line.age !== null && line.age >= least && line.age < most;
  const count = (kind: string) => lines.filter((line) => "input" in line && line.input === kind);

  await wine.run(
    ["test/agent/sensors/windows-probe-child.ts", "agent/sensors/input-hook-child.ts"],
    (line) => {
      lines.push(told.parse(line));
      wake();
    },
  );
  for (const sense of ["window", "lock", "age", "input"]) {
    await until((line) => "sense" in line && line.sense === sense);
    expect(lines).toContainEqual({ sense, state: { kind: "available" } });
  }
  expect(lines).toContainEqual({ isLocked: false });

  wine.open("notepad.exe", `Z:${letter.replaceAll("/", "\\")}`);
  const atNotepad = await until(inFront("notepad"));
  const notepad = xdotool("search", "--onlyvisible", "--name", "Zephyrine").split("\n")[0] ?? "";
  wine.open("winver.exe");
  const atWinver = await until(inFront("winver"), atNotepad);
  xdotool("windowactivate", "--sync", notepad);
  await until(inFront("notepad"), atWinver);

  const atRest = await until(ageBetween(1_500, 60_000), lines.length);
  xdotool("key", "a", "b", "c", "click", "1", "click", "4", "click", "5");
  await until(ageBetween(0, 1_000), atRest);
  while (count("scroll").length < 2) await until((line) => "input" in line, lines.length);
  expect([count("key").length, count("click").length, count("scroll").length]).toEqual([3, 1, 2]);

  expect(JSON.stringify(lines)).not.toMatch(/Zephyrine|4711/);
});
