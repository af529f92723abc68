import type { Command } from "#agent/cli/command";
import { readArguments } from "#agent/cli/read-arguments";

/** A Wednesday morning in Paris, in winter. */
export const today = { now: Date.parse("2026-11-25T10:00:00.000+01:00"), zone: "Europe/Paris" };

/** Reads a command line as a shell would hand it over: words apart, quotes kept together. */
export function read(line: string, env: Record<string, string> = {}, at = today): Command {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? word ?? "",
  );
  return readArguments(words, env, at);
}

/** The request a command line makes, without what was left out. */
export function request(line: string): unknown {
  const command = read(line);
  return command.name === "ask" ? JSON.parse(JSON.stringify(command.request)) : command;
}
