import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepPermission } from "#agent/session/permission";
import { isOn } from "#schema/charter";
import { formatInZone, millisecondsOf } from "#schema/time";
import { makeFolder } from "../folder.ts";
import { type ManualClock, makeManualClock } from "../manual-clock.ts";
import { charter } from "../site-double.ts";

const MINUTE = 60_000;

function keep(folder = makeFolder(), clock: ManualClock = makeManualClock()) {
  const told: string[] = [];
  const ranOut: boolean[] = [];
  const permission = keepPermission({
    folder,
    key: undefined,
    clock,
    random: () => 0.5,
    charter,
    onChange: ({ state, pauseRanOut }) => {
      told.push(state);
      ranOut.push(pauseRanOut);
    },
  });
  permission.look();
  return { permission, folder, clock, told, ranOut };
}

/** A shift from now, for so many minutes. */
function shiftOf(clock: ManualClock, minutes: number) {
  const at = (after: number) => formatInZone(clock.now() + after, "Europe/Paris");
  return { known: true, shifts: [{ start: at(0), end: at(minutes * MINUTE), breaks: [] }] };
}
const windowOf = (clock: ManualClock) => ({
  from: clock.now() - MINUTE,
  to: clock.now() + 600 * MINUTE,
});

test("recording begins with the hours and ends with the shift, by itself", () => {
  const { permission, clock, told } = keep();
  expect(told).toEqual(["hours-not-told"]);
  permission.adoptHours({ ...shiftOf(clock, 90), ...windowOf(clock) });
  clock.advance(90 * MINUTE - 1);
  expect(told).toEqual(["hours-not-told", "on"]);
  clock.advance(1);
  expect(told).toEqual(["hours-not-told", "on", "outside-hours"]);
});

test("a pause ends by itself; a private time only when the person says so", () => {
  const { permission, clock, told } = keep();
  permission.adoptHours({ ...shiftOf(clock, 600), ...windowOf(clock) });
  permission.pauseFor(30 * MINUTE);
  clock.advance(31 * MINUTE - 1);
  expect(told.at(-1)).toBe("paused");
  clock.advance(1);
  expect(told.at(-1)).toBe("on");
  permission.pauseUntilResumed();
  clock.advance(300 * MINUTE);
  expect(told.at(-1)).toBe("private");
  permission.resume();
  expect(told.at(-1)).toBe("on");
});

test("setting the clock forward does not end a pause early", () => {
  const { permission, clock, told } = keep();
  permission.adoptHours({ ...shiftOf(clock, 600), ...windowOf(clock) });
  permission.pauseFor(30 * MINUTE);
  clock.jump(40 * MINUTE);
  clock.advance(30 * MINUTE);
  expect(told.at(-1)).toBe("paused");
  clock.advance(2 * MINUTE);
  expect(told.at(-1)).toBe("on");
});

test("a pause, choices and hours outlive a restart; what ran out meanwhile is over", () => {
  const first = keep();
  first.permission.adoptHours({ ...shiftOf(first.clock, 600), ...windowOf(first.clock) });
  first.permission.chooseCategory("focus", false);
  first.permission.pauseFor(30 * MINUTE);
  first.permission.stop();
  first.clock.advance(10 * MINUTE);
  const second = keep(first.folder, first.clock);
  expect(second.told).toEqual(["paused"]);
  const applied = second.permission.applied();
  expect(applied && isOn(applied, "focus")).toBe(false);
  second.permission.stop();
  second.clock.advance(30 * MINUTE);
  expect(keep(first.folder, first.clock).told).toEqual(["on"]);
});

test("a private time outlives a restart too", () => {
  const first = keep();
  first.permission.pauseUntilResumed();
  first.permission.stop();
  first.clock.advance(1000 * MINUTE);
  expect(keep(first.folder, first.clock).told).toEqual(["private"]);
});

test("hours once agreed are kept to although the site tells of none any more", () => {
  const { permission, clock, told } = keep();
  permission.adoptHours({ ...shiftOf(clock, 60), ...windowOf(clock) });
  permission.adoptHours({ ...{ known: false, shifts: [] }, ...windowOf(clock) });
  expect(told.at(-1)).toBe("outside-hours");
});

test("events are held back as long as the charter says, and longer if the person says so", () => {
  const { permission } = keep();
  expect(permission.holdBackMinutes()).toBe(0);
  permission.holdBack(15);
  const document = { ...charter.document, holdBackMinutes: 20 };
  permission.adoptCharter({ document, sha256: "b".repeat(64) });
  expect(permission.holdBackMinutes()).toBe(20);
  permission.holdBack(45);
  expect(permission.holdBackMinutes()).toBe(45);
});

test("choices that cannot be read stop the start: what was switched off is not forgotten", () => {
  const folder = makeFolder();
  writeFileSync(join(folder, "choices.json"), '{"declined":["focus"');
  const start = () => keep(folder);
  expect(start).toThrow(`${join(folder, "choices.json")} is damaged`);
  expect(start).not.toThrow("focus");
});

test("hours that cannot be read are asked for again, and until then nothing is recorded", () => {
  const folder = makeFolder();
  writeFileSync(join(folder, "hours.json"), "garbage{");
  expect(keep(folder).told).toEqual(["hours-not-told"]);
});

test("a pause asked for by minutes ends a little later, never earlier, and not always by the same", () => {
  const lengths = [0, 0.25, 0.999].map((random) => {
    const { permission, clock } = keep();
    permission.adoptHours({ ...shiftOf(clock, 600), ...windowOf(clock) });
    const again = keepPermission({
      folder: makeFolder(),
      key: undefined,
      clock,
      random: () => random,
      charter,
      onChange: () => {},
    });
    again.pauseFor(30 * MINUTE);
    return (again.choices.pause?.until ?? 0) - clock.now();
  });
  expect(lengths[0]).toBe(30 * MINUTE);
  expect(lengths[1]).toBe(30 * MINUTE + 30_000);
  expect(lengths[2]).toBeLessThan(32 * MINUTE);
});

test("a pause that is over leaves no trace on the disk", () => {
  const { permission, clock, folder } = keep();
  permission.adoptHours({ ...shiftOf(clock, 600), ...windowOf(clock) });
  permission.pauseFor(30 * MINUTE);
  expect(readFileSync(join(folder, "choices.json"), "utf8")).toContain("until");
  clock.advance(31 * MINUTE);
  expect(readFileSync(join(folder, "choices.json"), "utf8")).not.toContain("until");
});

test("a pause until the end of the shift follows a shift that is made longer", () => {
  const { permission, clock, told } = keep();
  permission.adoptHours({ ...shiftOf(clock, 60), ...windowOf(clock) });
  const end = permission.hours?.shifts[0]?.end ?? "";
  permission.pauseForShift(millisecondsOf(end));
  clock.advance(30 * MINUTE);
  permission.adoptHours({ ...shiftOf(clock, 90), ...windowOf(clock) });
  clock.advance(60 * MINUTE);
  expect(told.at(-1)).toBe("paused");
  clock.advance(30 * MINUTE);
  expect(told.at(-1)).toBe("outside-hours");
});

test("of times the site was not asked about nothing is known: it does not say that they are off", () => {
  const { permission, clock, told } = keep();
  permission.adoptHours({ known: true, shifts: [], ...windowOf(clock) });
  expect(told.at(-1)).toBe("outside-hours");
  clock.advance(601 * MINUTE);
  expect(told.at(-1)).toBe("hours-not-told");
});

test("a machine that wakes after the shift is asked anew before anything is recorded", () => {
  const { permission, clock, told } = keep();
  permission.adoptHours({ ...shiftOf(clock, 60), ...windowOf(clock) });
  // The steady clock stood still, and no timer has run yet.
  clock.jump(120 * MINUTE);
  expect(permission.look().state).toBe("outside-hours");
  expect(told.at(-1)).toBe("outside-hours");
});

test("once stopped, nothing brings it back", () => {
  const { permission, clock, told } = keep();
  permission.stop();
  const document = { ...charter.document, version: 2 };
  permission.adoptCharter({ document, sha256: "b".repeat(64) });
  permission.adoptHours({ ...shiftOf(clock, 60), ...windowOf(clock) });
  expect(told).toEqual(["hours-not-told"]);
  expect(clock.nextDue()).toBe(null);
});

test("a pause that ran out while the person was here is told; one that ran out while they were not is not", () => {
  const first = keep();
  first.permission.adoptHours({ ...shiftOf(first.clock, 600), ...windowOf(first.clock) });
  first.permission.pauseFor(30 * MINUTE);
  first.clock.advance(31 * MINUTE);
  expect(first.ranOut.at(-1)).toBe(true);
  first.permission.pauseFor(30 * MINUTE);
  first.permission.stop();
  first.clock.advance(60 * MINUTE);
  const second = keep(first.folder, first.clock);
  expect([second.told, second.ranOut]).toEqual([["on"], [false]]);
  expect(readFileSync(join(first.folder, "choices.json"), "utf8")).not.toContain("until");
});

test("choices the disk does not take hold, and are written once it does", () => {
  const { permission, clock, folder, told } = keep();
  permission.adoptHours({ ...shiftOf(clock, 600), ...windowOf(clock) });
  const path = join(folder, "choices.json");
  mkdirSync(path);
  permission.pauseForShift(clock.now() + 60 * MINUTE);
  expect([told.at(-1), permission.isUnkept]).toEqual(["paused", true]);
  rmSync(path, { recursive: true });
  clock.advance(MINUTE);
  expect([permission.isUnkept, readFileSync(path, "utf8").includes("until")]).toEqual([
    false,
    true,
  ]);
});
