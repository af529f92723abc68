import { runCommand } from "./cli.ts";

/** The `etabli` command. */
export async function main(): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const code = await runCommand({
    argv: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    print: (text) => process.stdout.write(text),
    say: (line) => process.stderr.write(`${line}\n`),
    interrupted,
  });
  process.exitCode = code;
  // Everything is closed by now; should something still hold the process, it does not hold it long.
  setTimeout(() => process.exit(), 1000).unref();
}

await main();
