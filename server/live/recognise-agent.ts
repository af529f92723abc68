import { createPublicKey, verify } from "node:crypto";
import type { Logger } from "pino";
import { type Hello, helloMessage, type Welcome } from "#schema/live";
import { formatTimestamp, localDateOf } from "#schema/time";
import type { CharterBook } from "#server/database/charter";
import type { Site } from "#server/database/site";
import type { Store } from "#server/database/store";
import {
  findWorkstation,
  grantEpoch,
  noteWorkstationSeen,
  type Workstation,
} from "#server/database/workstation";

/** What is needed to tell who says hello. */
export interface RecogniseOptions {
  store: Store;
  site: Site;
  charters: () => CharterBook;
  clock: () => Date;
  log: Logger;
}

/**
 * Decides who says hello: the workstation whose key signed this connection's nonce, and in which epoch it numbers its
 * batches from now on. An outbox that tells of an epoch this store never granted met an earlier life of it, before a
 * backup was restored: it goes on in an epoch that neither has used.
 */
export async function recogniseAgent(
  hello: Hello,
  nonce: string,
  { store, site, charters, clock, log }: RecogniseOptions,
): Promise<{ welcome: Welcome; workstation?: Workstation }> {
  const found = await findWorkstation(store, hello.workstation);
  const message = helloMessage(site.id, nonce, hello.workstation);
  if (!found || !isSignedBy(found.publicKey, message, hello.signature))
    return refusal("not_signed_in", "This workstation is not enrolled here. Enrol it again.");
  if (found.revoked)
    return refusal(
      "forbidden",
      "This workstation was revoked. Ask the operator, or enrol it again.",
    );
  // The outbox's own epoch may be an earlier one: what it sealed then still comes. Null: it lost its outbox.
  const isAhead = hello.epoch !== null && hello.epoch > found.epoch;
  const epoch =
    hello.epoch === null || isAhead ? await grantEpoch(store, found.id, hello.epoch) : hello.epoch;
  if (epoch === undefined)
    return refusal("conflict", "This workstation has used up its numbers. Enrol it again.");
  if (isAhead)
    log.warn("an outbox is ahead of this store, as after restoring a backup: it got a new epoch");
  const now = clock().getTime();
  await noteWorkstationSeen(store, found.id, localDateOf(now, site.zone));
  return {
    welcome: {
      ok: true,
      epoch,
      charter: charters().inForce,
      zone: found.zone,
      time: formatTimestamp(now, 0),
    },
    workstation: { ...found, epoch: Math.max(epoch, found.epoch) },
  };
}

type RefusalCode = "bad_input" | "not_signed_in" | "forbidden" | "conflict" | "unavailable";

export function refuseHello(code: RefusalCode, message: string): Welcome {
  return { ok: false, code, message };
}

const refusal = (code: RefusalCode, message: string) => ({ welcome: refuseHello(code, message) });

// The raw key in the DER frame of RFC 8410.
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

function isSignedBy(rawKey: Buffer, message: string, signature: string): boolean {
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, rawKey]),
    format: "der",
    type: "spki",
  });
  return verify(null, Buffer.from(message), key, Buffer.from(signature, "base64url"));
}
