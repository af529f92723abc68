import { expect, test } from "vitest";
import { commandTable } from "#agent/cli/command-table";
import { writeHelp } from "#agent/cli/write-help";
import { read } from "./line.ts";

test("help lists every command once, in groups, no line wider than a terminal usually is", () => {
  const help = writeHelp([]);
  for (const { words, summary } of commandTable) {
    expect(help, words).toContain(`  ${words}`);
    expect(help.split(summary)).toHaveLength(2);
  }
  expect(help.split("\n").length).toBeLessThan(75);
  for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(110);
});

test("the help of each command has examples, and each example is a command line that works", () => {
  for (const entry of commandTable) {
    const help = writeHelp(entry.words.split(" "));
    expect(entry.examples.length, entry.words).toBeGreaterThan(0);
    for (const [line] of entry.examples) {
      expect(help).toContain(`etabli ${line}`);
      const [before = ""] = line.split(" | ");
      // The examples are of a workday's afternoon to come.
      const early = { now: Date.parse("2026-11-25T11:00:00.000+01:00"), zone: "Europe/Paris" };
      expect(read(before, {}, early).name, line).not.toBe("help");
    }
    for (const option of entry.options ?? []) expect(help).toContain(`--${option}`);
  }
});

test("a word that several commands begin with shows them all", () => {
  const help = writeHelp(["mark"]);
  for (const { words } of commandTable.filter(({ words }) => words.startsWith("mark ")))
    expect(help).toContain(words);
  expect(writeHelp(["held"])).toContain("held delete");
  expect(() => writeHelp(["dance"])).toThrow("no command");
});

test("--help is understood anywhere on the line", () => {
  expect(read("task start --help")).toEqual({ name: "help", about: ["task", "start"] });
  expect(read("help held delete")).toEqual({ name: "help", about: ["held", "delete"] });
  expect(read("--help")).toEqual({ name: "help", about: [] });
});
