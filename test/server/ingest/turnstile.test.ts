import { expect, test } from "vitest";
import { createTurnstile } from "#server/ingest/turnstile";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("of a burst one batch is read in a turn, in the order they came, and other work comes in between", async () => {
  const turnstile = createTurnstile();
  const order: string[] = [];
  const burst = ["a", "b", "c"].map((name) => turnstile.enter(1)?.then(() => order.push(name)));
  const other = (async () => {
    for (let turn = 1; turn <= 2; turn++) {
      await nextTurn();
      order.push(`other ${turn}`);
    }
  })();
  await Promise.all([...burst, other]);
  expect(order.filter((name) => !name.startsWith("other"))).toEqual(["a", "b", "c"]);
  expect(order.indexOf("other 1")).toBeLessThan(order.indexOf("b"));
  expect(order.indexOf("other 2")).toBeLessThan(order.indexOf("c"));
});

test("what waits is bounded, and what was let through makes room", async () => {
  const turnstile = createTurnstile(100);
  const first = turnstile.enter(60);
  expect(first).not.toBeNull();
  expect(turnstile.enter(60)).toBeNull();
  const small = turnstile.enter(40);
  expect(small).not.toBeNull();
  await first;
  expect(turnstile.enter(60)).not.toBeNull();
});
