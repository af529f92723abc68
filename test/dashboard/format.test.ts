import { expect, test } from "vitest";
import {
  formatClock,
  formatDate,
  formatDuration,
  formatExactDuration,
  formatShare,
  formatStretch,
} from "#dashboard/view/format.ts";
import { at } from "./factories.tsx";

const plain = (text: string) => text.replaceAll(/\s/gu, " ");
const minutes = (count: number) => count * 60_000;

test("durations are given to the minute and no finer", () => {
  expect(plain(formatDuration(0))).toBe("0 min");
  expect(plain(formatDuration(20_000))).toBe("< 1 min");
  expect(plain(formatDuration(minutes(48) + 12_000))).toBe("48 min");
  expect(plain(formatDuration(minutes(192)))).toBe("3 h 12");
  expect(plain(formatDuration(minutes(59) + 45_000))).toBe("1 h 00");
});

test("a number never parts from its unit at the end of a line", () => {
  expect(formatDuration(minutes(192))).not.toContain(" ");
  expect(formatDuration(minutes(5))).not.toContain(" ");
});

test("a single span shows its seconds while it is short", () => {
  expect(plain(formatExactDuration(0))).toBe("0 s");
  expect(plain(formatExactDuration(35_000))).toBe("35 s");
  expect(plain(formatExactDuration(250_000))).toBe("4 min 10 s");
  expect(plain(formatExactDuration(minutes(4)))).toBe("4 min");
  expect(plain(formatExactDuration(minutes(75)))).toBe("1 h 15");
});

test("the clock is the person's, wherever the browser is", () => {
  expect(formatClock(at("09:05"), "Europe/Paris")).toBe("09:05");
  expect(formatClock(at("09:05"), "Asia/Jerusalem")).toBe("10:05");
  expect(formatClock(at("00:00"), "Europe/Paris")).toBe("00:00");
});

test("a stretch within one minute is one time", () => {
  const zone = "Europe/Paris";
  expect(formatStretch({ start: at("09:00"), end: at("09:20") }, zone)).toBe("09:00–09:20");
  expect(formatStretch({ start: at("09:00"), end: at("09:00") + 9_000 }, zone)).toBe("09:00");
});

test("dates and shares follow the language", () => {
  expect(formatDate("2026-11-25", "en")).toBe("Wednesday 25 November 2026");
  expect(formatDate("2026-11-25", "fr")).toBe("mercredi 25 novembre 2026");
  expect(formatShare(0.817, "en")).toBe("82%");
  expect(plain(formatShare(0.817, "fr"))).toBe("82 %");
});
