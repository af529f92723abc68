import { DAY_MS } from "#schema/time";
import { insertEnrolmentToken } from "#server/database/enrolment";
import type { Store } from "#server/database/store";
import { hashToken, newToken, type RandomBytes } from "./token.ts";

/**
 * Makes a token that enrols one workstation for each of the people named, good for a day; people and team that are not
 * there yet are made.
 * @throws Problem when a name fits two people and the team does not tell them apart
 */
export async function issueEnrolmentToken(
  store: Store,
  clock: () => Date,
  random: RandomBytes,
  wanted: { people: readonly string[]; team: string; zone: string },
): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken(random);
  const expiresAt = new Date(clock().getTime() + DAY_MS);
  await insertEnrolmentToken(store, {
    tokenHash: hashToken(token),
    names: wanted.people,
    team: wanted.team,
    zone: wanted.zone,
    expiresAt,
  });
  return { token, expiresAt };
}
