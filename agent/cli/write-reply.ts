import type { Reply } from "../control/messages.ts";
import type { BatchName } from "./command.ts";
import type { Terminal } from "./terminal.ts";
import { writeComparison, writeHeld, writeMirror, writeRefused } from "./write-record.ts";
import { writeStatus } from "./write-status.ts";

export type Answer = Extract<Reply, { ok: true }>;

/** The data of an answer, or that it was done. */
export function dataOf(answer: Answer): unknown {
  const { status, held, deletion, mirror, comparison, refused, code, message } = answer;
  return (
    status ?? held ?? deletion ?? mirror ?? comparison ?? refused ?? { ok: true, code, message }
  );
}

/** An answer of the agent for a person to read. */
export function writeAnswer(
  answer: Answer,
  terminal: Pick<Terminal, "look" | "now" | "zone">,
): string {
  const { look } = terminal;
  const today = { now: terminal.now(), zone: terminal.zone };
  const { status, held, mirror, text, comparison, refused, message } = answer;
  if (status) return writeStatus(status, today, look);
  if (held) return writeHeld(held, today);
  if (mirror) return writeMirror(mirror, today);
  if (text !== undefined) return text;
  if (comparison) return `${writeComparison(comparison, look)}${message}\n`;
  if (refused) return writeRefused(refused);
  return message === "" ? "" : `${message}\n`;
}

/** The very text of a batch that waits. @throws when there is none of that name */
export function textOfHeld({ held }: Answer, { epoch, seq }: BatchName): string {
  const batch = held?.batches.find((entry) => entry.epoch === epoch && entry.seq === seq);
  if (!batch) throw new Error(`No batch ${epoch}/${seq} waits here. See: etabli held`);
  return batch.text;
}
