import { createInterface } from "node:readline/promises";
import { type Readable, Writable } from "node:stream";
import { text as readAll } from "node:stream/consumers";

/** The parts of a process a person answers at. */
export interface Console {
  input: Readable & { isTTY?: boolean };
  output: Writable;
}

/**
 * Asks without showing what is typed. What comes from a pipe instead of a terminal is read line by line.
 * @throws when there is none
 */
export function makeAskSecret({ input, output }: Console): (prompt: string) => Promise<string> {
  let piped: Promise<string[]> | null = null;
  return async (prompt) => {
    if (input.isTTY) return await askUnseen(prompt, { input, output });
    piped ??= readAll(input).then((text) => text.split(/\r?\n/));
    const lines = await piped;
    // Asked again, as to repeat it, the same line serves: a pipe mistypes nothing.
    const line = lines.length > 1 && lines[1] !== "" ? lines.shift() : lines[0];
    if (!line) throw new Error("No passphrase was given.");
    return line;
  };
}

async function askUnseen(prompt: string, { input, output }: Console): Promise<string> {
  const unseen = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input, output: unseen, terminal: true, historySize: 0 });
  // Only now does the terminal show nothing any more.
  output.write(prompt);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once("line", resolve);
      lines.once("SIGINT", () => reject(new Error("Stopped.")));
      lines.once("close", () => reject(new Error("No passphrase was given.")));
    });
  } finally {
    lines.close();
    output.write("\n");
  }
}

/** Asks a question on the terminal; without one the answer is no. */
export function makeConfirm({ input, output }: Console): (question: string) => Promise<boolean> {
  return async (question) => {
    if (!input.isTTY) return false;
    const lines = createInterface({ input, output });
    try {
      return /^(y|yes)$/i.test((await lines.question(`${question} [y/N] `)).trim());
    } finally {
      lines.close();
    }
  };
}
