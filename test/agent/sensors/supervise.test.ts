import { expect, test, vi } from "vitest";
import type { StartedSensor } from "#agent/sensors/sensor";
import { supervise, type Turn } from "#agent/sensors/supervise";
import { makeManualClock } from "../manual-clock.ts";
import { settle } from "./heard.ts";

/** A sensor that starts when the test says so. */
function makeSupervised() {
  const clock = makeManualClock();
  const turns: Turn[] = [];
  const finish: (() => void)[] = [];
  const stop = vi.fn();
  const reasons: string[] = [];
  const supervised = supervise({
    clock,
    random: () => 0.999,
    start(turn) {
      turns.push(turn);
      return new Promise<StartedSensor>((resolve) =>
        finish.push(() => resolve({ state: { kind: "available" }, stop })),
      );
    },
    onBlind: ({ reason }) => reasons.push(reason),
  });
  const begin = async () => {
    finish.at(-1)?.();
    await settle();
  };
  return { clock, turns, reasons, supervised, begin, stop };
}

test("a sense that is switched off while it starts is stopped as soon as it has", async () => {
  const { clock, supervised, begin, stop } = makeSupervised();
  supervised.setWanted(true);
  supervised.setWanted(false);
  await begin();
  expect(stop).toHaveBeenCalledOnce();
  expect([supervised.state, clock.nextDue()]).toEqual([{ state: "off" }, null]);
});

test("one that ends while it starts is tried again", async () => {
  const { clock, turns, reasons, supervised, begin, stop } = makeSupervised();
  supervised.setWanted(true);
  turns[0]?.onEnd("the display went away");
  await begin();
  expect(stop).toHaveBeenCalledOnce();
  expect(reasons).toEqual(["the display went away"]);
  clock.advance(999);
  await begin();
  expect(turns).toHaveLength(2);
  expect(supervised.state).toEqual({ state: "sensed" });
});

test("one that keeps ending is tried less and less often; one that ran for a minute, at once", async () => {
  const { clock, turns, supervised, begin } = makeSupervised();
  supervised.setWanted(true);
  const waits: (number | null)[] = [];
  for (const ran of [0, 0, 59_999, 60_000]) {
    await begin();
    clock.advance(ran);
    turns.at(-1)?.onEnd("it ended");
    const wait = clock.nextDue();
    waits.push(wait);
    clock.advance(wait ?? 0);
  }
  expect(waits).toEqual([999, 1998, 3996, 999]);
  supervised.setWanted(false);
});

test("a sense that throws while it starts is blind, and what it threw is not said", async () => {
  const clock = makeManualClock();
  const reasons: string[] = [];
  const supervised = supervise({
    clock,
    random: () => 0,
    start: () => Promise.reject(new Error("Customer Zephyrine")),
    onBlind: ({ reason }) => reasons.push(reason),
  });
  supervised.setWanted(true);
  await settle();
  expect(reasons).toEqual(["it could not be started"]);
  supervised.setWanted(false);
});
