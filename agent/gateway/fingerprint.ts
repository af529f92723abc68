import { createHmac, randomBytes } from "node:crypto";
import { Refusal } from "./refusal.ts";

/**
 * Gives the function that tells whether two events say the same without keeping what they say: the data as they came
 * go in, a keyed hash comes out. The key is made here and never leaves, so that a guessed title or address cannot be
 * tried against a hash. Keys of objects count in any order.
 */
export function makeFingerprint(): (data: unknown) => string {
  const key = randomBytes(32);
  return (data) => createHmac("sha256", key).update(sortedJson(data)).digest("base64");
}

/**
 * JSON with the keys of every object in order. Not RFC 8785, which knows no half characters: titles that a program cut
 * short have them.
 * @throws Refusal when the value is nested too deep to be walked
 */
function sortedJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    );
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(400, "The data are nested too deep.");
    throw error;
  }
}
