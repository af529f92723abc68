import { expect, test } from "vitest";
import { readReplayOptions, UsageError } from "#agent/replay/options";

const base = ["calls.tsv", "--format", "bank-calls", "--zone", "Asia/Jerusalem"];

test("a plain call replays the whole file at once into a store of its own", () => {
  expect(readReplayOptions(base)).toEqual({
    file: "calls.tsv",
    log: { format: "bank-calls" },
    zone: "Asia/Jerusalem",
    speed: null,
    from: null,
    to: null,
    site: null,
    report: null,
  });
});

test("bounds are read as the zone's clocks show them, as a date or as a time", () => {
  const options = readReplayOptions([...base, "--from", "1999-02-02", "--to", "1999-02-03T10:30"]);
  expect(options?.from).toBe(Date.parse("1999-02-02T00:00:00+02:00"));
  expect(options?.to).toBe(Date.parse("1999-02-03T10:30:00+02:00"));
});

test("a running server and its token go together", () => {
  const site = ["--server", "http://127.0.0.1:7070/", "--token", "t"];
  expect(readReplayOptions([...base, ...site])?.site).toEqual({
    server: "http://127.0.0.1:7070",
    token: "t",
  });
});

test.each([
  [[], /Which file/],
  [["a.tsv", "b.tsv", ...base.slice(1)], /One file/],
  [["a.tsv", "--format", "bank-calls"], /zone of the log's clocks/],
  [["a.tsv", "--format", "bank-calls", "--zone", "Mars/Olympus"], /not a known IANA time zone/],
  [["a.tsv", "--zone", "UTC"], /how to read the file/],
  [["a.tsv", "--zone", "UTC", "--format", "csv"], /the one known is bank-calls/],
  [["a.tsv", "--zone", "UTC", "--format", "bank-calls", "--map", "m.json"], /how to read the file/],
  [[...base, "--speed", "0"], /a number above 0/],
  [[...base, "--speed", "fast"], /a number above 0/],
  [[...base, "--from", "1999-02-02T10:15"], /half hour/],
  [[...base, "--from", "yesterday"], /expected a date or time/],
  [[...base, "--from", "1999-02-03", "--to", "1999-02-03"], /before --to/],
  [[...base, "--json"], /add --report/],
  [[...base, "--server", "http://127.0.0.1:7070"], /go together/],
  [[...base, "--server", "http://example.org", "--token", "t"], /https/],
  [[...base, "--colour"], /--colour/],
])("%j is wrong usage, and the reason is told", (args, reason) => {
  expect(() => readReplayOptions(args)).toThrow(UsageError);
  expect(() => readReplayOptions(args)).toThrow(reason);
});

test("where the zone's offset is no multiple of half an hour, its midnight is refused as a bound", () => {
  const args = ["calls.tsv", "--format", "bank-calls", "--zone", "Asia/Kathmandu"];
  expect(() => readReplayOptions([...args, "--from", "2026-02-02"])).toThrow(/half hour of UTC/);
});
