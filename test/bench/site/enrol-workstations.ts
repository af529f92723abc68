import { randomBytes } from "node:crypto";
import { z } from "zod";
import { makeKeyPair } from "#agent/identity";
import { demoZone } from "#schema/demo-site";
import { issueEnrolmentToken } from "#server/access/enrolment-token";
import { hashToken } from "#server/access/token";
import { enrolWorkstation } from "#server/database/enrolment";
import { prepareSite } from "#server/database/site";
import type { Store } from "#server/database/store";
import { findWorkstation } from "#server/database/workstation";

export const enrolledWorkstation = z.object({
  workstation: z.guid(),
  person: z.guid(),
  epoch: z.int(),
  /** Ed25519, PKCS 8 in PEM. */
  privateKey: z.string(),
});
export type EnrolledWorkstation = z.infer<typeof enrolledWorkstation>;

/** Makes a store a real site's and gives out a token that enrols a workstation for each of so many people. */
export async function prepareBenchSite(
  store: Store,
  count: number,
): Promise<{ token: string; names: string[] }> {
  await prepareSite(store, { mode: "real", zone: demoZone });
  const names = Array.from({ length: count }, (_, index) => `Banc ${index + 1}`);
  const { token } = await issueEnrolmentToken(store, () => new Date(), randomBytes, {
    people: names,
    team: "Banc",
    zone: demoZone,
  });
  return { token, names };
}

/** Enrols one workstation for each of so many people, straight in the store. */
export async function enrolWorkstations(
  store: Store,
  count: number,
): Promise<EnrolledWorkstation[]> {
  const { token, names } = await prepareBenchSite(store, count);
  const enrolled: EnrolledWorkstation[] = [];
  for (const person of names) {
    const { privateKey, publicKey } = makeKeyPair();
    const outcome = await enrolWorkstation(store, {
      codeHash: hashToken(token),
      person,
      publicKey: Buffer.from(publicKey, "base64url"),
      at: new Date(),
    });
    if (outcome.outcome !== "enrolled") throw new Error(`not enrolled: ${outcome.outcome}`);
    const found = await findWorkstation(store, outcome.workstation);
    if (!found) throw new Error("The workstation just enrolled is not there.");
    enrolled.push({
      workstation: found.id,
      person: found.person,
      epoch: found.epoch,
      privateKey,
    });
  }
  return enrolled;
}
