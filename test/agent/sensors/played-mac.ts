import type { RunCommand } from "#agent/sensors/macos/run-command";
import type { ManualClock } from "../manual-clock.ts";

/** Lets time pass, and what runs meanwhile come to its end. */
export async function pass(clock: ManualClock, milliseconds: number) {
  for (let left = milliseconds; left > 0; left -= 500) {
    clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A Mac whose programs the test plays. */
export function makeMac(answer: (words: readonly string[]) => string | null) {
  const asked: string[] = [];
  const run: RunCommand = async (command, words) => {
    asked.push([command, ...words].join(" "));
    const printed = answer(words);
    if (printed === null) throw new Error("it did not answer");
    return printed;
  };
  return { asked, run };
}
