import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { defaultCharter } from "#schema/charter-default";
import type { FromSimulator } from "#schema/demo-control";
import { demoPeople, demoZone } from "#schema/demo-site";
import { issueEnrolmentToken } from "#server/access/enrolment-token";
import { createPasswords } from "#server/access/password";
import { type RunningServer, startServer } from "#server/app";
import { readConfig, WrongConfig } from "#server/config";
import { createLog } from "#server/log";
import { endOnSignal } from "#server/signals";
import { say, sayProgress, tellMigration, tellStore } from "#server/startup";
import { DEMO_PASSWORD, pickAccounts, prepareDemoSite } from "./prepare-site.ts";
import { startSimulator } from "./start-simulator.ts";

const clock = () => new Date();

async function main(): Promise<void> {
  sayProgress("Preparing the demonstration: everything in it is simulated.");
  const config = readConfig(process.env, "demo", demoZone);
  const server = await startServer(config, {
    clock,
    log: createLog("warn"),
    onMigration: tellMigration,
  });
  const days = defaultCharter.rawDays;
  await prepareDemoSite(server.store, createPasswords(randomBytes), Date.now(), days);
  const { token } = await issueEnrolmentToken(server.store, clock, randomBytes, {
    people: demoPeople.map((person) => person.name),
    team: "Assistance",
    zone: demoZone,
  });
  tellStore(server);
  tellAddress(server);
  const simulator = startSimulator(
    { type: "go", url: server.url, token, folder: join(config.folder, "workstations"), days },
    tellProgress(),
    () => sayProgress("The simulated workstations have stopped. Start the demonstration again."),
  );
  endOnSignal({
    server,
    close: async () => {
      await simulator.stop();
      await server.close();
    },
    exit: (code) => process.exit(code),
  });
}

function tellAddress(server: RunningServer): void {
  const accounts = pickAccounts(Date.now())
    .map(({ role, login }) => `  ${role.padEnd(16)}${login.padEnd(24)}${DEMO_PASSWORD}`)
    .join("\n");
  say(
    `\nÉtabli, demonstration: ${server.url}\n\n  ${"role".padEnd(16)}${"sign in as".padEnd(24)}password\n${accounts}\n\nCtrl+C stops it; started again, it goes on from its data.\n`,
  );
}

// A line each tenth on the way: enough to see that it moves, also in a log file.
function tellProgress(): (message: FromSimulator) => void {
  let told = -1;
  return (message) => {
    if (message.type === "failed") sayProgress(`The simulated workstations: ${message.message}`);
    if (message.type === "history-done")
      sayProgress("History complete; thirty workstations are live.");
    if (message.type !== "progress" || message.total === 0) return;
    const tenth = Math.floor((message.done / message.total) * 10);
    if (tenth === told) return;
    told = tenth;
    sayProgress(`History: ${message.done} of ${message.total} person-days`);
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof WrongConfig ? 2 : 1;
});
