import { runCommand } from "../cli.ts";
import { isSingleFile } from "../package/single-file.ts";
import { programOf } from "../service/program.ts";
import { makeAskSecret, makeConfirm } from "./ask-terminal.ts";
import { showsColour } from "./look.ts";

/** Runs the command this process was started with, and sets its exit code. */
export async function runInProcess(): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    // A terminal that is closed says SIGHUP; so does Windows when the person signs out.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => resolve());
  });
  // Whoever reads the answer may have read enough, as `head` has.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const person = { input: process.stdin, output: process.stderr };
  process.exitCode = await runCommand({
    argv: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    now: Date.now,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    look: { colour: showsColour(process.stdout.isTTY === true, process.env) },
    print: (text) => process.stdout.write(text),
    say: (line) => process.stderr.write(`${line}\n`),
    askSecret: makeAskSecret(person),
    confirm: makeConfirm(person),
    program: programOf({
      execPath: process.execPath,
      execArgv: process.execArgv,
      script: process.argv[1],
      isSingleFile: isSingleFile(),
    }),
    interrupted,
  });
}
