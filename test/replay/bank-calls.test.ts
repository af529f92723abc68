import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readBankCalls } from "#agent/replay/bank-calls";
import { type CallLog, WrongFile } from "#agent/replay/call-log";
import { summarise } from "#agent/replay/report";
import { groupByPerson } from "#agent/replay/slice";
import { queueRow } from "#schema/queue";
import { millisecondsOf } from "#schema/time";
import { realFile, realReport, sampleExpected, sampleText } from "./sample.ts";

const { zone } = sampleExpected;
const sample = readBankCalls(sampleText, zone);

function reportOf(log: CallLog) {
  return summarise([...groupByPerson(log).values()].map((spans) => spans.map((one) => one.span)));
}

test("the sample log gives the spans worked out by hand, dirt and all", () => {
  expect(reportOf(sample)).toEqual(sampleExpected.report);
  const contents = sample.spans.map((one) => `${one.person} ${JSON.stringify(one.span)}`);
  expect(contents.length - new Set(contents).size).toBe(sampleExpected.duplicates);
  for (const { span } of sample.spans)
    expect(span).toMatchObject({ kind: "contact", source: "imported" });
});

test("a malformed line is told by number and reason, without anything it says, and the rest is read", () => {
  expect(sample.faults).toEqual(sampleExpected.faults);
  const told = sample.faults.map((fault) => fault.reason).join("\n");
  for (const content of ["nobody@example.org", "25:10:00", "990231", "LOST", "-5", "91827364"])
    expect(told).not.toContain(content);
});

test("the queue feed counts what reached the agents' side in the half hour it did, served or hung up", () => {
  const midnight = millisecondsOf("1999-03-08T00:00:00.000+02:00");
  const counted = sample.queue.map(({ start, ...row }) => ({
    ...row,
    hoursAfterMidnight: (millisecondsOf(start) - midnight) / 3_600_000,
  }));
  const order = (a: { hoursAfterMidnight: number; queue: string }) =>
    `${String(a.hoursAfterMidnight).padStart(5)} ${a.queue}`;
  expect(counted.sort((a, b) => (order(a) < order(b) ? -1 : 1))).toEqual(
    [...sampleExpected.queue].sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  );
  for (const row of sample.queue) queueRow.parse(row);
});

test("a service past midnight ends the next day; one that only starts then is not put a day too early", () => {
  const written = sample.spans.map((one) => `${one.person} ${one.span.start} ${one.span.end}`);
  expect(written).toContain("BORIS 1999-03-08T23:59:57.000+02:00 1999-03-09T00:00:42.000+02:00");
  expect(written).toContain("DARIO 1999-03-09T00:00:27.000+02:00 1999-03-09T00:01:07.000+02:00");
});

test("no customer, call number or line is in what the importer gives on", () => {
  const everything = JSON.stringify(sample);
  for (const row of sampleText.split("\r\n").slice(1)) {
    const [line, call, customer] = row.split("\t");
    for (const secret of [line, call, customer === "0" ? undefined : customer])
      if (secret) expect(everything).not.toContain(secret);
  }
});

test("a file of another kind is refused with what was expected", () => {
  expect(() => readBankCalls("when,who\n1,2\n", zone)).toThrow(WrongFile);
  expect(() => readBankCalls("when,who\n1,2\n", zone)).toThrow(
    /should name these columns.*vru_entry/,
  );
  expect(() => readBankCalls("", zone)).toThrow(WrongFile);
});

test("line ends of either kind and a byte order mark change nothing", () => {
  expect(readBankCalls(sampleText.replaceAll("\r\n", "\n"), zone)).toEqual(sample);
  expect(readBankCalls(`\uFEFF${sampleText}`, zone)).toEqual(sample);
});

test("the real week gives the published figures", ({ skip }) => {
  skip(!existsSync(realFile), `the real file is not here: ${realFile}`);
  const log = readBankCalls(readFileSync(realFile, "utf8"), zone);
  expect(log.faults).toEqual([]);
  expect(reportOf(log)).toEqual(realReport);
  const contents = log.spans.map((one) => `${one.person} ${JSON.stringify(one.span)}`);
  expect(contents.length - new Set(contents).size).toBe(3);
  const overnight = log.spans.filter(
    ({ span }) => span.start.slice(0, 10) !== span.end.slice(0, 10),
  );
  expect(overnight).toHaveLength(2);
  const sum = (field: "offered" | "answered" | "handleSeconds") =>
    log.queue.reduce((total, row) => total + row[field], 0);
  expect(sum("offered")).toBe(8948);
  expect(sum("answered")).toBe(7429);
});
