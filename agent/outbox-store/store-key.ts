import { createHmac } from "node:crypto";

/** Characters LMDB takes as a key. A Buffer ends the process (measured), so the key is given as text: 192 bits. */
const STORE_KEY_CHARACTERS = 32;

/** The key of the store, and what the small file beside it keeps to tell a wrong key, made from the person's 32 bytes. */
export function deriveStoreKey(key: Buffer | undefined): {
  key: string | null;
  check: string | null;
} {
  if (key === undefined) return { key: null, check: null };
  const derive = (use: string) => createHmac("sha256", key).update(`etabli-outbox/${use}`);
  return {
    key: derive("store").digest("base64url").slice(0, STORE_KEY_CHARACTERS),
    check: derive("check").digest("hex"),
  };
}
