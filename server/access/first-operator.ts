import { DAY_MS } from "#schema/time";
import { insertFirstOperatorInvitation } from "#server/database/invitation";
import type { Store } from "#server/database/store";
import { hashToken, newToken, type RandomBytes } from "./token.ts";

/**
 * The token of a one-time link that makes the first operator, good for 24 hours; links made so before are void. Null
 * when there is an operator: from then on operators invite.
 */
export async function createFirstOperatorInvitation(
  store: Store,
  clock: () => Date,
  random: RandomBytes,
): Promise<{ token: string; expiresAt: Date } | null> {
  const now = clock();
  const token = newToken(random);
  const expiresAt = new Date(now.getTime() + DAY_MS);
  const made = await insertFirstOperatorInvitation(
    store,
    { tokenHash: hashToken(token), role: "operator", person: null, expiresAt },
    now,
  );
  return made ? { token, expiresAt } : null;
}
