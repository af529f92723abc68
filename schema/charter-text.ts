import canonicalize from "canonicalize";
import type { Charter } from "./charter.ts";

/** A charter in its RFC 8785 form: what its sha256 and its signatures are over. */
export function charterText(document: Charter): string {
  const text = canonicalize(document);
  if (text === undefined) throw new Error("A charter is always an object.");
  return text;
}
