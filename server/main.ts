import { randomBytes } from "node:crypto";
import { createFirstOperatorInvitation } from "./access/first-operator.ts";
import { type RunningServer, startServer } from "./app.ts";
import { readConfig, readFlags, usage, WrongConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { endOnSignal } from "./signals.ts";
import { localZone, say, tellMigration, tellStore } from "./startup.ts";

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) return say(usage);
  const config = readConfig(process.env, flags.replay ? "replay" : "real", localZone());
  const server = await startServer(config, {
    clock: () => new Date(),
    log: createLog(config.logLevel),
    onMigration: tellMigration,
  });
  endOnSignal({ server, close: server.close, exit: (code) => process.exit(code) });
  tellStore(server);
  await tellFirstOperator(server, config.origin ?? server.url);
  say(`Établi listens on ${config.origin ?? server.url}`);
}

async function tellFirstOperator(server: RunningServer, address: string): Promise<void> {
  const clock = () => new Date();
  const invitation = await createFirstOperatorInvitation(server.store, clock, randomBytes);
  if (!invitation) return;
  say(
    `\nThis site has no operator yet. Open this link once, within 24 hours, to create the account:\n\n  ${address}/join#${invitation.token}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof WrongConfig ? 2 : 1;
});
