import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, expect } from "vitest";
import { type Status, status as statusSchema } from "#agent/control/messages";
import { makeFolder } from "../folder.ts";
import { startSiteOfToday } from "../site-of-today.ts";

/** What a test has to end, last first. */
export const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

export interface Run {
  child: ChildProcess;
  /** Exit code once the program has ended. */
  ended: Promise<number | null>;
  out: () => string;
  err: () => string;
  /** Waits until the program has said this. */
  says: (text: string) => Promise<void>;
}

/** Ports of their own for each agent here, and no door for watchers. */
const PORTS = { ETABLI_DESK_PORT: "0", ETABLI_GATEWAY_PORT: "off" };

export function etabli(folder: string, ...argv: string[]): Run {
  return etabliWith("", folder, ...argv);
}

/** The same, with something on its standard input. */
export function etabliWith(input: string, folder: string, ...argv: string[]): Run {
  const env = { PATH: process.env.PATH, ETABLI_AGENT_HOME: folder, ...PORTS };
  const child = spawn(process.execPath, ["agent/bin.js", ...argv], { env });
  child.stdin.end(input);
  let out = "";
  let err = "";
  let wake = () => {};
  child.stdout.on("data", (piece: Buffer) => {
    out += piece.toString();
  });
  child.stderr.on("data", (piece: Buffer) => {
    err += piece.toString();
    wake();
  });
  const ended = new Promise<number | null>((resolve) =>
    child.on("close", (code) => {
      resolve(code);
      wake();
    }),
  );
  endings.push(() => void child.kill("SIGKILL"));
  const says = async (text: string) => {
    while (!err.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${err}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { child, ended, out: () => out, err: () => err, says };
}

export async function makeEnrolled() {
  const site = await startSiteOfToday();
  endings.push(() => site.close());
  const folder = makeFolder();
  const enrolling = etabli(folder, "enrol", site.server, "ABCD-EFGH");
  expect(await enrolling.ended, enrolling.err()).toBe(0);
  const spans = () => site.received.flatMap(({ batch }) => batch.spans);
  return { site, folder, spans };
}

/** Starts the agent, and waits until it records: the agreed hours come with the site's first answer. */
export async function startAgent(folder: string, ...options: string[]): Promise<Run> {
  const agent = etabli(folder, "run", ...options);
  await agent.says(" connected\n");
  while ((await readStatus(folder)).recording === "hours-not-told");
  return agent;
}

export async function readStatus(folder: string): Promise<Status> {
  const { out } = await done(etabli(folder, "status", "--json"));
  return statusSchema.parse(JSON.parse(out));
}

export const done = async (run: Run) => ({ code: await run.ended, out: run.out(), err: run.err() });
