import { expect, test } from "vitest";
import { decideRecording } from "#agent/session/decide-recording";
import type { Hours } from "#agent/session/hours";
import type { Charter } from "#schema/charter";
import { defaultCharter } from "#schema/charter-default";

const now = Date.parse("2026-11-25T10:00:00.000Z");
const MINUTE = 60_000;
const shift = (from: string, to: string) => ({
  start: `2026-11-25T${from}:00.000+01:00`,
  end: `2026-11-25T${to}:00.000+01:00`,
  breaks: [],
});
const hours = (...shifts: ReturnType<typeof shift>[]): Hours => ({
  known: true,
  shifts,
  from: now - 86_400_000,
  to: now + 86_400_000,
});
const day = hours(shift("09:00", "12:30"), shift("13:30", "17:00"));
const withOutside: Charter = {
  ...defaultCharter,
  categories: defaultCharter.categories.map((each) =>
    each.id === "off_schedule" ? { ...each, on: true } : each,
  ),
};
const usual = { charter: defaultCharter, pause: null, hours: day, now };
const at = (time: string) => Date.parse(`2026-11-25T${time}:00.000+01:00`);

test("within a shift it records, until the shift ends", () => {
  expect(decideRecording(usual)).toEqual({ state: "on", until: at("12:30") });
});

test("a shift is half-open: its first instant is in it, its last is not", () => {
  expect(decideRecording({ ...usual, now: at("09:00") }).state).toBe("on");
  expect(decideRecording({ ...usual, now: at("09:00") - 1 }).state).toBe("outside-hours");
  expect(decideRecording({ ...usual, now: at("12:30") - 1 }).state).toBe("on");
  expect(decideRecording({ ...usual, now: at("12:30") })).toEqual({
    state: "outside-hours",
    until: at("13:30"),
  });
  expect(decideRecording({ ...usual, now: at("17:00") })).toEqual({
    state: "outside-hours",
    until: null,
  });
});

test("outside the hours it records only where charter and person both say so", () => {
  const evening = { ...usual, now: at("20:00") };
  expect(decideRecording(evening).state).toBe("outside-hours");
  expect(decideRecording({ ...evening, charter: withOutside }).state).toBe("on");
});

test("as long as the site has not said what the hours are, nothing is recorded", () => {
  expect(decideRecording({ ...usual, hours: null }).state).toBe("hours-not-told");
});

test("a person without any agreed hours has none to keep to; a day without a shift is a day off", () => {
  expect(decideRecording({ ...usual, hours: { ...hours(), known: false } }).state).toBe("on");
  expect(decideRecording({ ...usual, hours: hours() }).state).toBe("outside-hours");
});

test("a pause goes before everything but the want of a charter, and ends at its time", () => {
  const pause = { until: now + 30 * MINUTE };
  expect(decideRecording({ ...usual, pause })).toEqual({ state: "paused", until: pause.until });
  expect(decideRecording({ ...usual, pause, charter: withOutside }).state).toBe("paused");
  expect(decideRecording({ ...usual, pause, now: pause.until }).state).toBe("on");
  expect(decideRecording({ ...usual, pause: { until: null } })).toEqual({
    state: "private",
    until: null,
  });
  expect(decideRecording({ ...usual, charter: null, pause }).state).toBe("no-charter");
});
