import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WrongFile } from "#agent/replay/call-log";
import { readMappedLog } from "#agent/replay/mapped-log";
import { mapping } from "#agent/replay/mapping";
import { createTimeReader, timeFormat } from "#agent/replay/time-format";
import { vectorFile } from "./sample.ts";

const text = readFileSync(vectorFile("mapped-log-sample.csv"), "utf8");
const sampleMapping: unknown = JSON.parse(
  readFileSync(vectorFile("mapped-log-sample.mapping.json"), "utf8"),
);

test("another log is read by naming its columns", () => {
  const log = readMappedLog(text, "Europe/Paris", mapping.parse(sampleMapping));
  const contact = { kind: "contact", source: "imported" };
  expect(log.spans.map(({ person, span }) => ({ person, ...span }))).toEqual([
    {
      ...contact,
      person: "Alma",
      label: "facturation",
      start: "2026-03-09T08:00:05.000+01:00",
      end: "2026-03-09T08:02:15.000+01:00",
    },
    {
      ...contact,
      kind: "acw",
      person: "Alma",
      label: "facturation",
      start: "2026-03-09T08:02:15.000+01:00",
      end: "2026-03-09T08:02:55.000+01:00",
    },
    {
      ...contact,
      kind: "ready",
      person: "Alma",
      start: "2026-03-09T08:02:55.000+01:00",
      end: "2026-03-09T08:04:00.000+01:00",
    },
    {
      ...contact,
      person: "Boris",
      label: "panne",
      start: "2026-03-09T23:58:00.000+01:00",
      end: "2026-03-10T00:02:00.000+01:00",
    },
    {
      ...contact,
      kind: "break",
      person: "Boris",
      start: "2026-03-10T08:00:00.000+01:00",
      end: "2026-03-10T08:15:00.000+01:00",
    },
  ]);
  expect(log.faults).toEqual([
    { line: 8, reason: "Jour and Début: expected a time as dd/MM/yyyy HH:mm:ss" },
    { line: 9, reason: "Durée: expected a duration in h:mm:ss, not negative" },
    {
      line: 10,
      reason: "État: expected one of En ligne, Saisie, Attente, Pause, Hors ligne",
    },
  ]);
});

test("columns can be counted where no line names them, and a kind can be the same throughout", () => {
  const log = readMappedLog(
    "ann\t918000000\t918000060\nbob\t918000000\t917999999\n",
    "UTC",
    mapping.parse({
      delimiter: "\t",
      quote: false,
      header: false,
      person: 1,
      start: { column: 2, format: "epoch-seconds" },
      end: { column: 3, format: "epoch-seconds" },
      kind: { constant: "contact" },
      label: { constant: "line one" },
    }),
  );
  expect(log.spans.map((one) => one.span)).toEqual([
    {
      kind: "contact",
      source: "imported",
      label: "line one",
      start: "1999-02-03T00:00:00.000+00:00",
      end: "1999-02-03T00:01:00.000+00:00",
    },
  ]);
  expect(log.faults).toEqual([{ line: 2, reason: "column 3: ends before it starts" }]);
});

test("a file without the named columns is refused with their names", () => {
  const read = () => readMappedLog("a;b\n1;2\n", "UTC", mapping.parse(sampleMapping));
  expect(read).toThrow(WrongFile);
  expect(read).toThrow(/Technicien, Jour, Début, Durée, État, File/);
});

test("a mapping with neither end nor duration, with both, or with fields we do not know is refused", () => {
  const base = {
    person: "p",
    start: { column: "s", format: "iso" },
    kind: { constant: "contact" },
  };
  const end = { column: "e", format: "iso" };
  const duration = { column: "d", unit: "seconds" };
  expect(mapping.safeParse(base).success).toBe(false);
  expect(mapping.safeParse({ ...base, end, duration }).success).toBe(false);
  expect(mapping.safeParse({ ...base, end, customer: "c" }).success).toBe(false);
  expect(mapping.safeParse({ ...base, end, header: false }).success).toBe(false);
  expect(mapping.safeParse({ ...base, end }).success).toBe(true);
});

test.each([
  ["iso", "1999-02-03T10:30:00+02:00", "1999-02-03T08:30:00.000Z"],
  ["iso", "1999-02-03T10:30:00.250Z", "1999-02-03T10:30:00.250Z"],
  ["iso", "1999-02-03 10:30", "1999-02-03T09:30:00.000Z"],
  ["epoch-milliseconds", "918037800000", "1999-02-03T10:30:00.000Z"],
  ["epoch-seconds", "918037800.5", "1999-02-03T10:30:00.500Z"],
  ["d/M/yyyy H:mm:ss", "3/2/1999 7:05:09", "1999-02-03T06:05:09.000Z"],
  ["yyMMdd HH:mm:ss", "990203 10:30:00", "1999-02-03T09:30:00.000Z"],
  ["MM/dd/yyyy hh:mm:ss a", "02/03/1999 12:30:00 AM", "1999-02-02T23:30:00.000Z"],
  ["dd.MM.yyyy HH:mm:ss.SSS", "03.02.1999 10:30:00.125", "1999-02-03T09:30:00.125Z"],
])("%s reads %s as Paris clocks do", (format, written, expected) => {
  timeFormat.parse(format);
  const at = createTimeReader(format)(written, "Europe/Paris");
  expect(at === null ? null : new Date(at).toISOString()).toBe(expected);
});

test.each([
  ["iso", "03/02/1999"],
  ["dd/MM/yyyy HH:mm:ss", "31/02/1999 10:30:00"],
  ["dd/MM/yyyy HH:mm:ss", "03/02/1999 24:00:00"],
  ["epoch-seconds", "-1"],
  ["MM/dd/yyyy hh:mm a", "02/03/1999 13:30 PM"],
])("%s does not read %s", (format, written) => {
  expect(createTimeReader(format)(written, "Europe/Paris")).toBeNull();
});

test.each(["", "yyyy", "HH:mm", "dd/MM/yyyy hh:mm", "yyyy-MM-dd HH:mm HH"])(
  "the format %j is refused: it does not name a moment",
  (format) => {
    expect(timeFormat.safeParse(format).success).toBe(false);
  },
);
