import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** Where a file of test/vectors is. */
export function vectorFile(name: string): string {
  return fileURLToPath(new URL(`../vectors/${name}`, import.meta.url));
}

export const sampleFile = vectorFile("bank-calls-sample.tsv");
export const sampleText = readFileSync(sampleFile, "utf8");

const expected = z.object({
  zone: z.string(),
  duplicates: z.int(),
  report: z.object({
    spans: z.int(),
    people: z.int(),
    hours: z.number(),
    byLabel: z.record(
      z.string(),
      z.object({ count: z.int(), mean: z.number(), median: z.number() }),
    ),
    zeroLength: z.int(),
    overlaps: z.int(),
  }),
  faults: z.array(z.object({ line: z.int(), reason: z.string() })),
  queue: z.array(
    z.object({
      queue: z.string(),
      hoursAfterMidnight: z.number(),
      offered: z.int(),
      answered: z.int(),
      handleSeconds: z.int(),
    }),
  ),
});

/** What the sample holds, worked out apart from this project's code. */
export const sampleExpected = expected.parse(
  JSON.parse(readFileSync(vectorFile("bank-calls-sample.expected.json"), "utf8")),
);

/** The real week, which is not part of the project; see docs/replay.md. */
export const realFile = fileURLToPath(
  new URL("../../../shared/data/bank-calls-1999-02-week1.tsv", import.meta.url),
);

/** The published figures of the real week. */
export const realReport = {
  spans: 7304,
  people: 23,
  hours: 345.78,
  byLabel: {
    PS: { count: 5077, mean: 182.6, median: 117 },
    NW: { count: 1387, mean: 94.2, median: 56 },
    NE: { count: 556, mean: 257.2, median: 171 },
    TT: { count: 177, mean: 98, median: 32 },
    IN: { count: 65, mean: 270.5, median: 155 },
    PE: { count: 42, mean: 216.3, median: 185 },
  },
  zeroLength: 24,
  overlaps: 71,
};
