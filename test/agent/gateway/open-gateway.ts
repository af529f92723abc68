import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Gateway, type GatewayOptions, startGateway } from "#agent/gateway/start-gateway";
import {
  type ApplicationRule,
  listCategories,
  makeCategorise,
  makeCategoriseSite,
} from "#agent/sensors/application-rules";
import { defaultRules } from "#agent/sensors/default-rules";
import { makeFolder } from "../folder.ts";
import { type ManualClock, makeManualClock } from "../manual-clock.ts";

export const rules: ApplicationRule[] = [
  { category: "crm", applications: ["our-crm"], sites: ["*.crm.example"] },
  ...defaultRules,
];

/** What the gateway told the rest of the agent, in order. */
export type Told = [what: "window" | "tab" | "away" | "input" | "say", value: unknown];

export interface OpenGateway {
  address: string;
  clock: ManualClock;
  folder: string;
  told: Told[];
  /** Since when applications are recorded, in epoch milliseconds; null while they are not. Tests set it. */
  recording: { since: number | null };
  /** The same for counts of input. */
  input: { since: number | null };
  gateway: Gateway;
  call(path: string, options?: Call): Promise<{ status: number; body: unknown; headers: Headers }>;
  stop(): Promise<void>;
}

interface Call {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A gateway on a free port, with a clock that moves only when told. It is stopped when the test is over. */
export async function openGateway(changes: Partial<GatewayOptions> = {}): Promise<OpenGateway> {
  const clock = makeManualClock();
  const told: Told[] = [];
  const recording: OpenGateway["recording"] = { since: 0 };
  const input: OpenGateway["input"] = { since: 0 };
  const folder = changes.folder ?? makeFolder();
  const gateway = await startGateway({
    folder,
    port: 0,
    hostname: "desk-7",
    clock,
    recordingSince: () => recording.since,
    inputSince: () => input.since,
    rawDays: () => 14,
    categorise: makeCategorise(rules),
    categoriseSite: makeCategoriseSite(rules),
    known: listCategories(rules),
    onWindow: (category) => told.push(["window", category]),
    onTab: (category) => told.push(["tab", category]),
    onAway: (isAway) => told.push(["away", isAway]),
    onInput: (counts) => told.push(["input", counts]),
    say: (line) => told.push(["say", line]),
    ...changes,
  });
  onTestFinished(() => gateway.stop());
  const address = gateway.address ?? "";
  return {
    address,
    gateway,
    clock,
    folder,
    told,
    recording,
    input,
    async call(path, { method, body, headers } = {}) {
      const answer = await fetch(address + path, {
        method: method ?? (body === undefined ? "GET" : "POST"),
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === "" ? null : JSON.parse(text),
      };
    },
    stop: () => gateway.stop(),
  };
}

/** A time of the test's day, with so many seconds after the clock's start. */
export function at(seconds: number): string {
  return new Date(Date.parse("2026-11-25T08:30:00.000Z") + seconds * 1000).toISOString();
}

/** Makes the bucket of a watcher and gives its path. */
export async function makeBucket(
  gateway: Pick<OpenGateway, "call">,
  type: string,
  id = `watcher-${type}_desk-7`,
): Promise<string> {
  const path = `/api/0/buckets/${id}`;
  await gateway.call(path, { body: { type, client: "a-watcher", hostname: "desk-7" } });
  return path;
}

/** All bytes of a folder, as one text. */
export function readFolder(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}
