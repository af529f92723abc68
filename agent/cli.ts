import { formatStatus } from "./cli/format-status.ts";
import { readArguments, UsageError } from "./cli/read-arguments.ts";
import { usage } from "./cli/usage.ts";
import { systemClock } from "./clock.ts";
import { agentFolder } from "./config.ts";
import { controlAddress } from "./control/address.ts";
import type { Request } from "./control/messages.ts";
import { sendCommand } from "./control/send-command.ts";
import { enrol } from "./enrol.ts";
import { lockAgentFolder } from "./folder-lock.ts";
import { readIdentity } from "./identity.ts";
import { finishReplacement, isReplacing } from "./replace-identity.ts";
import { runAgent } from "./run.ts";
import { RulesError } from "./sensors/application-rules.ts";
import { readDesktop } from "./sensors/desktop.ts";
import { AGENT_VERSION } from "./version.ts";

export interface Terminal {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  print: (text: string) => void;
  /** Progress and troubles; never what was recorded. */
  say: (line: string) => void;
  /** Done when the person or the system wants the program to end. */
  interrupted: Promise<void>;
}

/** Does what the command line says. @returns the exit code: 0 done, 2 wrong usage, 3 bad input file, 1 else */
export async function runCommand(terminal: Terminal): Promise<number> {
  try {
    return await dispatch(terminal);
  } catch (error) {
    terminal.say(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) {
      terminal.say("See: etabli --help");
      return 2;
    }
    return error instanceof RulesError ? 3 : 1;
  }
}

async function dispatch(terminal: Terminal): Promise<number> {
  const command = readArguments(terminal.argv);
  const folder = agentFolder(terminal.env, terminal.platform);
  switch (command.name) {
    case "help":
      terminal.print(usage);
      return 0;
    case "version":
      terminal.print(`${AGENT_VERSION}\n`);
      return 0;
    case "enrol": {
      const { server, code, person, replace } = command;
      const unlock = lockAgentFolder(folder);
      const { identity } = await enrol({
        server,
        code,
        folder,
        replace,
        say: terminal.say,
        ...(person !== undefined && { person }),
      }).finally(unlock);
      terminal.print(`Enrolled at ${identity.server}. Start recording with: etabli run\n`);
      return 0;
    }
    case "run":
      return await keepRunning(terminal, folder, command.sealEverySeconds);
    case "ask":
      return await ask(terminal, folder, command.request, command.json);
  }
}

async function keepRunning(terminal: Terminal, folder: string, sealEverySeconds: number) {
  if (isReplacing(folder)) {
    const unlock = lockAgentFolder(folder);
    finishReplacement(folder, systemClock.now());
    unlock();
  }
  const identity = readIdentity(folder);
  if (!identity) throw new Error(notEnrolled);
  const agent = await runAgent({
    folder,
    identity,
    desktop: readDesktop(terminal.env, terminal.platform),
    sealEverySeconds,
    clock: systemClock,
    random: Math.random,
    say: terminal.say,
  });
  terminal.say(`running for ${identity.server}; stop with Ctrl+C`);
  await terminal.interrupted;
  await agent.stop();
  terminal.say("stopped");
  return 0;
}

const notEnrolled =
  "This workstation is not enrolled. Ask your site for a code, then: etabli enrol <server> <code>";

async function ask(terminal: Terminal, folder: string, request: Request, json: boolean) {
  if (!readIdentity(folder)) throw new Error(notEnrolled);
  const reply = await sendCommand(controlAddress(folder, terminal.platform), request);
  if (!reply.ok) throw new Error(reply.message);
  if (!reply.status) terminal.print(`${reply.message}\n`);
  else if (json) terminal.print(`${JSON.stringify(reply.status)}\n`);
  else terminal.print(formatStatus(reply.status));
  return 0;
}
