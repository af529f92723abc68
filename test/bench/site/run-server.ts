import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FreshStore } from "./fresh-store.ts";

const program = fileURLToPath(new URL("../../../dist/server.js", import.meta.url));

/** The server program, listening. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

/** Starts the built server on a store, in a process of its own. @throws when it ends before it listens */
export async function runServer(store: FreshStore): Promise<ServerProcess> {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [program], {
    env: { ...env, ...store.env, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = once(child, "exit");
  let said = "";
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const listening = new Promise<string>((resolve) => {
    let text = "";
    child.stdout.on("data", (piece: string) => {
      text += piece;
      const url = /listens on (http:\S+)\n/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    listening,
    exit.then(() => {
      throw new Error(`The server ended before it listened: ${said}`);
    }),
  ]);
  if (child.pid === undefined) throw new Error("The server has no process.");
  return {
    url,
    pid: child.pid,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await exit;
      if (code !== 0) throw new Error(`The server ended with ${code}: ${said}`);
    },
  };
}
