import type { Command } from "./cli/command.ts";
import { readArguments } from "./cli/read-arguments.ts";
import type { Terminal } from "./cli/terminal.ts";
import { UsageError } from "./cli/usage-error.ts";
import { writeHelp } from "./cli/write-help.ts";
import { agentFolder } from "./config.ts";
import { isSingleFile } from "./package/single-file.ts";
import { AGENT_VERSION } from "./version.ts";

/** Does what the command line says. @returns the exit code: 0 done, 2 wrong usage, 3 bad input file, 1 else */
export async function runCommand(terminal: Terminal): Promise<number> {
  try {
    const today = { now: terminal.now(), zone: terminal.zone };
    return await perform(readArguments(terminal.argv, terminal.env, today), terminal);
  } catch (error) {
    terminal.say(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) {
      terminal.say("See: etabli --help");
      return 2;
    }
    return isBadFile(error) ? 3 : 1;
  }
}

/** By name: to know the classes, all that reads such files would have to be loaded for every command. */
function isBadFile(error: unknown): boolean {
  return error instanceof Error && (error.name === "RulesError" || error.name === "FeedError");
}

/** Each command loads what it needs and no more: most are over in a moment. */
async function perform(command: Command, terminal: Terminal): Promise<number> {
  const usual = agentFolder(terminal.env, terminal.platform);
  const folder = command.name === "run" ? (command.folder ?? usual) : usual;
  if (isSingleFile()) (await import("./package/place-files.ts")).placeFilesIn(folder);
  switch (command.name) {
    case "help":
      terminal.print(writeHelp(command.about));
      return 0;
    case "version":
      terminal.print(`${AGENT_VERSION}\n`);
      return 0;
    case "ask":
      return await (await import("./cli/ask-agent.ts")).askAgent(terminal, folder, command);
    case "sign-in":
      return await (await import("./cli/ask-agent.ts")).signIn(terminal, folder, command);
    case "desk":
      return await (await import("./cli/ask-agent.ts")).openDesk(terminal, folder, command);
    case "enrol":
      return await (await import("./cli/enrol-here.ts")).enrolHere(terminal, folder, command);
    case "run": {
      const { keepRunning } = await import("./cli/keep-running.ts");
      return await keepRunning(terminal, folder, command);
    }
    case "install":
      return await (await import("./service/install.ts")).install(terminal, command);
    case "uninstall":
      return await (await import("./service/uninstall.ts")).uninstall(terminal, folder, command);
    case "doctor":
      return await (await import("./doctor/examine.ts")).examine(terminal, folder, command.json);
  }
}
