import { challenge as challengeSchema, type Welcome, welcome as welcomeSchema } from "#schema/live";
import { answerWithin } from "../ask.ts";
import type { Clock } from "../clock.ts";
import { type Identity, signHello } from "../identity.ts";
import type { AgentSocket } from "../server-connection.ts";

export const GREETING_TIMEOUT_MS = 15_000;

/**
 * Answers the site's challenge and gives what it says to that.
 * @param epoch the one the outbox numbers in; null asks for a new one
 * @throws when another site answers here, or nothing comes in time
 */
export async function greetSite(
  socket: AgentSocket,
  received: unknown,
  { identity, epoch, clock }: { identity: Identity; epoch: number | null; clock: Clock },
): Promise<Welcome> {
  const challenge = challengeSchema.parse(received);
  if (challenge.site !== identity.site)
    throw new Error("another site answers at this address; nothing is sent to it");
  const hello = signHello(identity, epoch, challenge);
  const answer = socket.emitWithAck("hello", hello);
  return welcomeSchema.parse(await answerWithin(clock, GREETING_TIMEOUT_MS, answer));
}
