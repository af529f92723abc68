import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fromReplayServer, type ToReplayServer } from "#schema/replay-control";

/** The site a replay sends to. */
export interface ReplaySite {
  server: string;
  token: string;
  /** Fails when the site ends by itself; otherwise stays pending. */
  lost: Promise<never>;
  stop: () => Promise<void>;
}

const TEAM = "Replay";
const FIRST_START_MS = 60_000;
/** What is acknowledged is stored, so a server that does not end may be ended. */
const LONGEST_STOP_MS = 15_000;

/** Starts the server of a replay store in a process of its own, expecting these people. */
export async function startReplayServer(
  people: readonly string[],
  zone: string,
): Promise<ReplaySite> {
  const isSource = import.meta.url.endsWith(".ts");
  const program = new URL(
    isSource ? "../../server/replay.ts" : "./replay-server.js",
    import.meta.url,
  );
  const child = fork(fileURLToPath(program), [], {
    execArgv: isSource ? ["--import", import.meta.resolve("tsx")] : [],
    // Its output goes to stderr: stdout belongs to the report.
    stdio: ["ignore", 2, "inherit", "ipc"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lost = exited.then((): never => {
    throw new Error("The replay's server ended unexpectedly. Run the same command again.");
  });
  // Whoever waits for the replay hears of it; this only says that nobody else needs to.
  lost.catch(() => {});
  const { url, token } = await Promise.race([introduce(child, people, zone), lost]);
  return {
    server: url,
    token,
    lost,
    async stop() {
      if (child.connected) tell(child, { type: "stop" });
      const overdue = setTimeout(() => child.kill("SIGKILL"), LONGEST_STOP_MS);
      await exited;
      clearTimeout(overdue);
    },
  };
}

/** Tells the server whom to expect and waits until it listens. */
async function introduce(child: ChildProcess, people: readonly string[], zone: string) {
  const answer = new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("error", reject);
    const late = () => reject(new Error("The replay's server did not start in a minute."));
    setTimeout(late, FIRST_START_MS).unref();
  });
  tell(child, { type: "people", names: [...people], team: TEAM, zone });
  const message = fromReplayServer.parse(await answer);
  if (message.type === "failed") throw new Error(message.message);
  return message;
}

function tell(child: ChildProcess, message: ToReplayServer): void {
  child.send(message);
}

/** A running server: somebody else's process, which this one neither starts nor stops. */
export function runningServer(server: string, token: string): ReplaySite {
  return { server, token, lost: new Promise(() => {}), stop: async () => {} };
}
