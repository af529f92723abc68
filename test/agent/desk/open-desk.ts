import { randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { type Desk, type DeskOptions, startDesk } from "#agent/desk/start-desk";
import { makeFolder } from "../folder.ts";
import { type ManualClock, makeManualClock } from "../manual-clock.ts";
import { type FakeAgent, makeFakeAgent } from "./fake-agent.ts";

export interface OpenedDesk {
  desk: Desk;
  agent: FakeAgent;
  clock: ManualClock;
  folder: string;
  /** What the desk told the log. */
  said: string[];
  /** What came in at the feed. */
  fed: unknown[];
}

/** A desk of the test's own at a free port, in front of an agent in memory. */
export async function openDesk(options: Partial<DeskOptions> = {}): Promise<OpenedDesk> {
  const agent = makeFakeAgent();
  const clock = makeManualClock();
  const folder = options.folder ?? makeFolder();
  const said: string[] = [];
  const fed: unknown[] = [];
  const desk = await startDesk({
    port: 0,
    handle: (request) => agent.handle(request),
    takeFeed: (body) => {
      fed.push(body);
      return { ok: true, code: "taken", message: "Taken." };
    },
    page: makeFolder(),
    clock,
    random: randomBytes,
    say: (line) => said.push(line),
    ...options,
    folder,
  });
  onTestFinished(() => desk.stop());
  return { desk, agent, clock, folder, said, fed };
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** One request with exactly these headers: unlike `fetch` it lets a test write Host, Origin and Cookie. */
export function send(
  url: string,
  given: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { method = "GET", headers = {}, body } = given;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers, agent: false }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (piece: string) => {
        text += piece;
      });
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Posts JSON, as the page and other programs do. */
export function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

/** Comes in with a ticket, as a browser does. @returns the headers it shows from then on */
export async function enter(desk: Desk): Promise<{ cookie: string; "x-etabli-desk": string }> {
  const answer = await post(`${desk.address}/api/session`, { ticket: desk.makeTicket() });
  const [cookie] = String(answer.headers["set-cookie"]).split(";");
  const { key } = z.object({ key: z.string() }).parse(JSON.parse(answer.body));
  return { cookie: cookie ?? "", "x-etabli-desk": key };
}
