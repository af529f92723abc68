import { z } from "zod";
import { startServer } from "#server/app";
import { readConfig } from "#server/config";
import { createLog } from "#server/log";

/* A whole server in a process of its own, to be killed. Says where it listens once it does. */
const [, , port = "0", place = "{}"] = process.argv;
const location = z
  .union([z.strictObject({ url: z.string() }), z.strictObject({ folder: z.string() })])
  .parse(JSON.parse(place));
const config = readConfig({ PORT: port, HOST: "127.0.0.1" }, "real", "Europe/Paris");
const server = await startServer(
  { ...config, store: location },
  { clock: () => new Date(), log: createLog("error") },
);
process.stdout.write(`${server.url}\n`);
process.on("SIGTERM", () => {
  server.close().then(() => process.exit(0));
});
