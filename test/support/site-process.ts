import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { makePlace } from "./site.ts";

const program = fileURLToPath(new URL("../../dist/server.js", import.meta.url));

/** The built server as its own process, as `npm start` runs it. */
export interface SiteProcess {
  url: string;
  /** The token of the one-time link it printed at its first start. */
  firstOperator: string;
  /** Kills it with SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Starts it again at the same address, on the same store. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the built server on an empty store of its own. */
export async function startSiteProcess(): Promise<SiteProcess> {
  const place = await makePlace("real");
  const start = async (port: string) => {
    const { PATH } = process.env;
    const env = { PATH, ETABLI_ZONE: "Europe/Paris", LOG_LEVEL: "error", PORT: port, ...place.env };
    const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "pipe"] });
    return { child, printed: await readUntil(child, "Établi listens on ") };
  };
  const first = await start("0");
  let { child } = first;
  const url = /listens on (\S+)/.exec(first.printed)?.[1] ?? "";
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.kill(signal);
    await closed;
  };
  return {
    url,
    firstOperator: /\/join#(\S+)/.exec(first.printed)?.[1] ?? "",
    kill: () => kill("SIGKILL"),
    async startAgain() {
      ({ child } = await start(new URL(url).port));
    },
    async close() {
      await kill("SIGTERM");
      await place.drop();
    },
  };
}

async function readUntil(child: ChildProcess, text: string): Promise<string> {
  let printed = "";
  let said = "";
  child.stderr?.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  const ended = once(child, "close").then(() => null);
  while (!/\n$/.test(printed) || !printed.includes(text)) {
    const more = await Promise.race([child.stdout ? once(child.stdout, "data") : null, ended]);
    if (more === null) throw new Error(`the server ended: ${said}`);
    printed += String(more[0]);
  }
  child.stdout?.resume();
  return printed;
}
