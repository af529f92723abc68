/** How many, as coarsely as the server tells it. */
export type RoughCount = { is: "exactly" | "fewerThan" | "atLeast"; count: number };

/** Reads the server's band, `0`, `fewer than 10` or `20+`; null for a wording this page does not know. */
export function readRoughCount(band: string): RoughCount | null {
  const [, fewer, exact, plus] = /^(?:fewer than (\d+)|(\d+)(\+)?)$/.exec(band) ?? [];
  if (fewer !== undefined) return { is: "fewerThan", count: Number(fewer) };
  if (exact === undefined) return null;
  return { is: plus === undefined ? "exactly" : "atLeast", count: Number(exact) };
}
