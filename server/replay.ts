// The server of a replay, started by `npm run replay` in a process of its own and told what to do over IPC.
import { randomBytes } from "node:crypto";
import { type FromReplayServer, toReplayServer } from "#schema/replay-control";
import { issueEnrolmentToken } from "./access/enrolment-token.ts";
import { type RunningServer, startServer } from "./app.ts";
import { readConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { tellMigration } from "./startup.ts";

let server: RunningServer | undefined;

async function open(names: string[], team: string, zone: string): Promise<FromReplayServer> {
  const config = readConfig({ ...process.env, PORT: "0", HOST: "127.0.0.1" }, "replay", zone);
  const clock = () => new Date();
  server = await startServer(config, {
    clock,
    log: createLog("warn"),
    onMigration: tellMigration,
  });
  const { token } = await issueEnrolmentToken(server.store, clock, randomBytes, {
    people: names,
    team,
    zone,
  });
  return { type: "ready", url: server.url, token };
}

async function leave(): Promise<void> {
  await server?.close();
  process.exit(0);
}

process.on("message", (message) => {
  const told = toReplayServer.parse(message);
  if (told.type === "stop") return void leave();
  open(told.names, told.team, told.zone).then(
    (ready) => process.send?.(ready),
    (error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      process.send?.({ type: "failed", message: text } satisfies FromReplayServer, () =>
        process.exit(1),
      );
    },
  );
});
// The replay that started this server has ended, however it ended.
process.on("disconnect", () => void leave());
