import { expect, test } from "vitest";
import { play, type Step } from "#agent/replay/play";
import { createProgress } from "#agent/replay/progress";
import { readBack } from "#agent/replay/read-back";
import { formatReport, summarise } from "#agent/replay/report";
import { explainRefusals, noAcks, tallyAck } from "#agent/replay/tally-acks";
import type { StoredSpan } from "#schema/activity";
import { millisecondsOf } from "#schema/time";

function contact(start: string, end: string, label?: string): StoredSpan {
  const on = (time: string) => `1999-02-01T${time}.000+02:00`;
  return {
    kind: "contact",
    source: "imported",
    start: on(start),
    end: on(end),
    ...(label === undefined ? {} : { label }),
  };
}

test("the report counts, adds up and finds overlaps within one person only", () => {
  const report = summarise([
    [
      contact("10:00:00", "10:02:00", "PS"),
      contact("10:01:00", "10:01:00", "PS"),
      contact("10:02:00", "10:02:30", "NW"),
    ],
    [contact("10:00:30", "10:01:31", "PS"), contact("11:00:00", "11:00:01")],
    [],
  ]);
  expect(report).toEqual({
    spans: 5,
    people: 2,
    hours: 0.06,
    byLabel: {
      PS: { count: 3, mean: 60.3, median: 61 },
      "(none)": { count: 1, mean: 1, median: 1 },
      NW: { count: 1, mean: 30, median: 30 },
    },
    zeroLength: 1,
    overlaps: 1,
  });
  expect(formatReport(report)).toBe(
    [
      "5 spans of 2 people, 0.06 hours",
      "",
      "label   count  mean s  median s",
      "PS          3    60.3        61",
      "(none)      1     1.0         1",
      "NW          1    30.0        30",
      "",
      "1 of zero length, 1 overlaps",
      "",
    ].join("\n"),
  );
});

test("a span on the border of two days is counted once, whichever side the site puts it on", async () => {
  const from = millisecondsOf("1999-02-01T00:00:00.000+02:00");
  const spans: StoredSpan[] = ["00:00:00", "23:59:59"].map((time) => contact(time, time, "PS"));
  spans.push({
    ...contact("12:00:00", "12:00:00"),
    start: "1999-02-02T00:00:00.000+02:00",
    end: "1999-02-02T00:00:00.000+02:00",
  });
  for (const touches of [(a: number, b: number) => a <= b, (a: number, b: number) => a < b]) {
    const sender = {
      readStored: async (query: { from: string; to: string }) => ({
        spans: spans.filter(
          (s) =>
            touches(millisecondsOf(query.from), millisecondsOf(s.start)) &&
            touches(millisecondsOf(s.start), millisecondsOf(query.to)),
        ),
        marks: [],
        tallies: [],
      }),
    };
    const window = { start: from, end: from + 2 * 86_400_000 };
    expect(await readBack(sender, window, "Asia/Jerusalem")).toHaveLength(3);
  }
});

test("refused and conflicting batches are told with counts, the first reason and what to do", () => {
  const numbers = { epoch: 1, seq: 1 };
  const refuse = (reason: string) => ({
    ...numbers,
    status: "refused" as const,
    refusals: [{ path: "spans.0.start", reason }],
  });
  const stored = { ...numbers, status: "stored" as const };
  const fine = [stored, stored].reduce(tallyAck, noAcks);
  expect(explainRefusals(fine)).toBeNull();
  const tooLate = [stored, refuse("too-late: older than the 14 days"), refuse("other")];
  const told = explainRefusals(tooLate.reduce(tallyAck, noAcks));
  expect(told).toContain("refused 2 of 3 batches. The first reason: too-late: older than");
  expect(told).toContain("--replay");
  const conflict = tallyAck(fine, { ...numbers, status: "conflict" });
  expect(explainRefusals(conflict)).toContain("other content for 1 of 3 batches");
  expect(tallyAck(fine, { ...numbers, status: "retry" })).toEqual(fine);
});

test("steps go in order of time; with a speed none goes before the log's clock has reached it", async () => {
  let now = 0;
  const sent: [number, number][] = [];
  const steps: Step[] = [3_000, 1_000, 2_000].map((due) => ({
    due,
    send: () => {
      sent.push([due, now]);
    },
  }));
  // Each look at the clock finds it 1 ms later.
  const monotonic = () => ++now;
  await play(steps, { start: 0, speed: 100, monotonic }, () => {});
  expect(sent.map(([due]) => due)).toEqual([1_000, 2_000, 3_000]);
  for (const [due, at] of sent) expect(at).toBeGreaterThanOrEqual(due / 100);
});

test("progress is one line rewritten on a terminal, and a plain line every three seconds elsewhere", () => {
  let now = 0;
  const run = (isTerminal: boolean) => {
    let written = "";
    const progress = createProgress({ write: (text) => (written += text), isTerminal }, () => now);
    now = 0;
    progress.show("one");
    now = 50;
    progress.show("two");
    now = 3_000;
    progress.show("three");
    progress.say("done");
    return written;
  };
  expect(run(false)).toBe("one\nthree\ndone\n");
  expect(run(true)).toBe("one\r\u001b[2Kthree\r\u001b[2Kdone\n");
});
