import fc from "fast-check";
import { expect, test } from "vitest";
import { nextDelay } from "#agent/backoff";

const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

test("waits are spread over the whole range up to a ceiling that doubles to five minutes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), random, (attempt, value) => {
      const delay = nextDelay(attempt, () => value);
      const ceiling = Math.min(300_000, 1000 * 2 ** attempt);
      expect(delay).toBe(Math.floor(value * ceiling));
    }),
  );
});

test("a server that names a time is given it, up to an hour; nonsense is ignored", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30 }),
      random,
      fc.double(),
      (attempt, value, retryAfter) => {
        const delay = nextDelay(attempt, () => value, retryAfter);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(3_601_000);
        if (retryAfter > 0)
          expect(delay).toBeGreaterThanOrEqual(Math.min(3_600_000, retryAfter * 1000));
        else if (Number.isNaN(retryAfter) || retryAfter < 0)
          expect(delay).toBe(nextDelay(attempt, () => value));
      },
    ),
  );
});
