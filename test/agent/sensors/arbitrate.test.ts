import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitrate } from "#agent/sensors/arbitrate";

const known = fc.option(fc.constantFrom("crm", "mail", "browser", "other"), { nil: null });

test("what the agent sees itself counts before what a watcher tells", () => {
  expect(arbitrate({ own: "crm", window: "mail", tab: "research" })).toBe("crm");
  expect(arbitrate({ own: null, window: "mail", tab: "research" })).toBe(null);
  expect(arbitrate({ own: undefined, window: "mail", tab: "research" })).toBe("mail");
});

test("in a browser the page counts, where a watcher in the browser tells it", () => {
  expect(arbitrate({ own: "browser", window: null, tab: "research" })).toBe("research");
  expect(arbitrate({ own: undefined, window: "browser", tab: "research" })).toBe("research");
  expect(arbitrate({ own: "browser", window: null, tab: null })).toBe("browser");
});

test("a page whose browser is not known to be in front counts for nothing", () => {
  fc.assert(
    fc.property(known, known, fc.boolean(), (window, tab, isBlind) => {
      const front = arbitrate({ own: isBlind ? undefined : null, window, tab });
      if (!isBlind || window === null) expect(front).toBe(null);
      else expect([window, ...(window === "browser" ? [tab] : [])]).toContain(front);
    }),
  );
});
