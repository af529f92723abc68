import { controlAddress } from "../control/address.ts";
import type { Request } from "../control/messages.ts";
import { sendCommand } from "../control/send-command.ts";
import { readToken } from "../desk/token.ts";
import { readIdentity } from "../identity.ts";
import { isShared } from "../session/profiles.ts";
import type { BatchName, Command } from "./command.ts";
import { openPrivately } from "./open-browser.ts";
import type { Terminal } from "./terminal.ts";
import { type Answer, dataOf, textOfHeld, writeAnswer } from "./write-reply.ts";

export const notEnrolled =
  "This workstation is not enrolled. Ask your site for a code, then: etabli enrol <server> <code>";

/** Asks the running agent. @throws when it refuses, with its words */
async function request(folder: string, terminal: Terminal, asked: Request): Promise<Answer> {
  if (!isShared(folder) && !readIdentity(folder)) throw new Error(notEnrolled);
  const reply = await sendCommand(controlAddress(folder, terminal.platform), asked);
  if (!reply.ok) throw new Error(reply.message);
  return reply;
}

/** Asks the running agent and prints its answer. @returns the exit code: 1 when the site holds something else */
export async function askAgent(
  terminal: Terminal,
  folder: string,
  asked: { request: Request; json: boolean; batch?: BatchName },
): Promise<number> {
  const answer = await request(folder, terminal, asked.request);
  if (asked.batch) terminal.print(textOfHeld(answer, asked.batch));
  else if (asked.json) terminal.print(`${JSON.stringify(dataOf(answer))}\n`);
  else terminal.print(writeAnswer(answer, terminal));
  return answer.comparison?.some(({ same }) => !same) ? 1 : 0;
}

/** Asks for the passphrase, and signs the person in. */
export async function signIn(
  terminal: Terminal,
  folder: string,
  { signInName, json }: { signInName: string; json: boolean },
): Promise<number> {
  const passphrase = await terminal.askSecret(`Passphrase of ${signInName}: `);
  return await askAgent(terminal, folder, {
    request: { command: "signin", name: signInName, passphrase },
    json,
  });
}

/** Prints the address of the desk page, and opens it. */
export async function openDesk(
  terminal: Terminal,
  folder: string,
  wanted: Extract<Command, { name: "desk" }>,
): Promise<number> {
  if (wanted.token) {
    const token = readToken(folder);
    if (token === null) throw new Error("The desk page was never started. First: etabli run");
    terminal.print(`${token}\n`);
    return 0;
  }
  const { address } = await request(folder, terminal, { command: "desk" });
  if (address === undefined) throw new Error("The agent gave no address. Update it.");
  terminal.print(`${address}\n`);
  if (!wanted.open) return 0;
  const { platform, env } = terminal;
  terminal.say(
    (await openPrivately(address, { folder, platform, env }))
      ? "Opening it in your browser. If that shows no page, open the address yourself, once."
      : "No browser could be opened from here. Open the address yourself, once.",
  );
  return 0;
}
