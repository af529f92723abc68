import type { RandomBytes } from "./token.ts";

/** Crockford's base 32: no I, L, O or U, so that a code read aloud or copied by hand stays the same. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 26;

/** A one-time code of 128 bits: 26 characters of Crockford's base 32. */
export function newEnrolmentCode(random: RandomBytes): string {
  let rest = BigInt(`0x${random(16).toString("hex")}`);
  let code = "";
  for (let place = 0; place < LENGTH; place++) {
    code = ALPHABET.charAt(Number(rest & 31n)) + code;
    rest >>= 5n;
  }
  return code;
}

/** The code as people see it: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX`. */
export function formatEnrolmentCode(code: string): string {
  return [0, 5, 10, 15]
    .map((at) => code.slice(at, at + 5))
    .join("-")
    .concat("-", code.slice(20));
}

/** The code a person typed, forgiving case, dashes, blanks, and O for 0, I or L for 1; null when it is none. */
export function parseEnrolmentCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return code.length === LENGTH && [...code].every((sign) => ALPHABET.includes(sign)) ? code : null;
}
