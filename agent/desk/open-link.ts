import { z } from "zod";
import { readToken } from "./token.ts";

const TIMEOUT_MS = 5000;
const given = z.object({ ok: z.literal(true), ticket: z.string() });

/**
 * The address that opens the desk page, once and within two minutes.
 * @param folder the agent's, with the token in it
 * @param address where the running agent says its desk is
 * @throws Error that says what to do
 */
export async function makeDeskLink(folder: string, address: string): Promise<string> {
  const token = readToken(folder);
  if (token === null) throw new Error("The agent has no desk page yet. Start it with: etabli run");
  const response = await fetch(`${address}/api/ticket`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: "{}",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const reply = given.safeParse(await response.json());
  if (!reply.success)
    throw new Error("The agent did not open its desk page. Stop the agent, then: etabli run");
  return `${address}/#${reply.data.ticket}`;
}
