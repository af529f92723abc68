import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { siteMode } from "#schema/endpoints";
import { type Challenge, type Hello, helloMessage } from "#schema/live";
import { timeZone } from "#schema/time";
import { readDocument } from "./private-document.ts";
import { AGENT_VERSION } from "./version.ts";

/** Who this workstation is to its site. The private key never leaves the machine. */
const identity = z.strictObject({
  server: z.url(),
  site: z.guid(),
  mode: siteMode,
  workstation: z.guid(),
  zone: timeZone,
  /** Ed25519, PKCS 8 in PEM. */
  privateKey: z.string(),
});
export type Identity = z.infer<typeof identity>;

export function identityFile(folder: string): string {
  return join(folder, "identity.json");
}

/** Reads who this workstation is; null when it has not been enrolled. Throws when the file is not readable. */
export function readIdentity(folder: string, key?: Buffer): Identity | null {
  return readDocument(identityFile(folder), identity, key);
}

/** A new key pair: the private key in PEM, the public key as its 32 raw bytes in base64url. */
export function makeKeyPair(): { privateKey: string; publicKey: string } {
  const pair = generateKeyPairSync("ed25519");
  const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { privateKey: pem, publicKey: publicKeyOf(pem) };
}

/** The public key that belongs to a private one, as 32 raw bytes in base64url. */
export function publicKeyOf(privateKey: string): string {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (typeof x !== "string") throw new Error("not an Ed25519 key");
  return x;
}

/** The answer to a server's challenge: proves the key, bound to this site and this connection. */
export function signHello(who: Identity, epoch: number | null, challenge: Challenge): Hello {
  const message = helloMessage(who.site, challenge.nonce, who.workstation);
  const signature = sign(null, Buffer.from(message, "utf8"), createPrivateKey(who.privateKey));
  return {
    workstation: who.workstation,
    epoch,
    signature: signature.toString("base64url"),
    agent: `etabli/${AGENT_VERSION}`,
  };
}
