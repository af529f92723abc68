import { setTimeout as wait } from "node:timers/promises";
import { endpoints } from "#schema/endpoints";
import { problem } from "#schema/problem";
import type { QueueRow } from "#schema/queue";
import { nextDelay } from "../backoff.ts";

const CHUNK = 1000;
const TRIES = 6;
const TIMEOUT_MS = 30_000;

/** Sends half hours of the queue feed; sent again they replace themselves, so a failed try is simply repeated. */
export async function sendQueueRows(
  site: { server: string; token: string },
  rows: readonly QueueRow[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK) await sendChunk(site, rows.slice(i, i + CHUNK));
}

async function sendChunk(
  site: { server: string; token: string },
  rows: readonly QueueRow[],
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const refusal = await post(site.server, { token: site.token, rows });
    if (refusal === null) return;
    if (!refusal.again || attempt === TRIES - 1)
      throw new Error(`The site did not take the queue feed: ${refusal.message}`);
    await wait(nextDelay(attempt, Math.random));
  }
}

/** Null when stored; else why not, and whether it is worth trying again. */
async function post(
  server: string,
  body: { token: string; rows: readonly QueueRow[] },
): Promise<{ message: string; again: boolean } | null> {
  const { method, path, output } = endpoints.storeQueue;
  let response: Response;
  try {
    response = await fetch(`${server}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return { message: "no answer from the server", again: true };
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && output.safeParse(answer).success) return null;
  const told = problem.safeParse(answer);
  const message = told.success ? told.data.message : `it answered ${response.status}`;
  return { message, again: response.status >= 500 || response.status === 429 };
}
