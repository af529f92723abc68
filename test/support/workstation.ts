import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type AgentCommand, runEtabli } from "./agent-command.ts";

/** A workstation with the real agent running on it, for tests that use it as its person does. */
export interface Workstation {
  folder: string;
  /** Runs `etabli` with these words; gives what it printed. */
  etabli(...words: string[]): Promise<string>;
  /** Opens the desk page in this browser, as `etabli desk` does. */
  openDesk(page: Page): Promise<void>;
  /** Starts the agent again after `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Enrols a workstation with a one-time code and runs its agent, which seals every second. */
export async function openWorkstation(server: string, code: string): Promise<Workstation> {
  const folder = mkdtempSync(join(tmpdir(), "etabli-workstation-"));
  await runEtabli(folder, "enrol", server, code).ended;
  let running: AgentCommand | undefined;
  const etabli = (...words: string[]) => runEtabli(folder, ...words).ended;
  const workstation: Workstation = {
    folder,
    etabli,
    async openDesk(page) {
      const printed = await etabli("desk", "--no-open");
      const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(printed)?.[0];
      if (!address) throw new Error(`no address in: ${printed}`);
      await page.goto(address);
    },
    async start() {
      const ports = ["--desk-port", "0", "--gateway-port", "off"];
      running = runEtabli(folder, "run", "--seal-every", "1", ...ports);
      await running.says("connected\n");
    },
    async stop() {
      await running?.stop();
    },
    async close() {
      await running?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await workstation.start();
  return workstation;
}
