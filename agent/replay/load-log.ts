import { readFileSync } from "node:fs";
import { z } from "zod";
import { readBankCalls } from "./bank-calls.ts";
import { type CallLog, WrongFile } from "./call-log.ts";
import { readMappedLog } from "./mapped-log.ts";
import { type Mapping, mapping } from "./mapping.ts";
import type { ReplayOptions } from "./options.ts";

/**
 * Reads the log of a replay from its file.
 * @throws WrongFile when the file or the mapping cannot be read, or nobody is in the log
 */
export function loadLog({ file, log: kind, zone }: ReplayOptions): CallLog {
  const text = readText(file);
  const log =
    "map" in kind ? readMappedLog(text, zone, loadMapping(kind.map)) : readBankCalls(text, zone);
  log.faults.sort((a, b) => a.line - b.line);
  return log;
}

function loadMapping(file: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof WrongFile) throw error;
    throw new WrongFile(`${file} is not JSON; see docs/replay.md for an example of a mapping`);
  }
  const parsed = mapping.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new WrongFile(
    `${file} is not a mapping; see docs/replay.md for an example\n${z.prettifyError(parsed.error)}`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new WrongFile(`${file} cannot be read (${code})`);
  }
}
