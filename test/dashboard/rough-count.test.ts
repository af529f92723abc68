import { expect, test } from "vitest";
import { readRoughCount } from "#dashboard/view/rough-count.ts";

test("the server's bands can be said in any language", () => {
  expect(readRoughCount("0")).toEqual({ is: "exactly", count: 0 });
  expect(readRoughCount("fewer than 10")).toEqual({ is: "fewerThan", count: 10 });
  expect(readRoughCount("20+")).toEqual({ is: "atLeast", count: 20 });
});

test("a wording this page does not know is left as it is", () => {
  expect(readRoughCount("a handful")).toBeNull();
});
