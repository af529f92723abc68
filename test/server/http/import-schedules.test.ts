import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { planShifts } from "#server/database/plan-shifts";
import { openSite } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let cookie: string;
let ana: string;
beforeAll(async () => {
  site = await openSite();
  cookie = (await site.addAccount("operator", "olga")).cookie;
  ana = await site.addPerson("ana");
  await site.addPerson("noa", "Noa", "Asia/Jerusalem");
});
afterAll(() => site.close());

async function importSchedules(lines: string[], head = "login,date,start,end,breaks") {
  const csv = [head, ...lines].join("\n");
  const reply = await site.call(endpoints.importSchedules, { csv }, { cookie });
  expect(reply.status).toBe(200);
  return endpoints.importSchedules.output.parse(reply.body);
}

async function readShifts(login: string) {
  const rows = await site.query<{ started_at: Date; ended_at: Date; breaks: unknown }>(
    `select s.started_at, s.ended_at, s.breaks from schedule s join person p on p.id = s.person
     where p.login = $1 order by s.started_at`,
    [login],
  );
  return rows.map((row) => [row.started_at.toISOString(), row.ended_at.toISOString(), row.breaks]);
}

test("times are those of the person's own zone; an end at or before the start is on the next day", async () => {
  const report = await importSchedules([
    "noa,2026-11-25,09:00,17:00,10:30-10:45;12:30-13:15",
    "noa,2026-11-26,22:00,06:00,23:45-00:15;02:00-02:30",
  ]);
  expect(report).toEqual({ imported: 2, unchanged: 0, refused: [] });
  expect(await readShifts("noa")).toEqual([
    [
      "2026-11-25T07:00:00.000Z",
      "2026-11-25T15:00:00.000Z",
      [
        { start: "2026-11-25T08:30:00.000Z", end: "2026-11-25T08:45:00.000Z" },
        { start: "2026-11-25T10:30:00.000Z", end: "2026-11-25T11:15:00.000Z" },
      ],
    ],
    [
      "2026-11-26T20:00:00.000Z",
      "2026-11-27T04:00:00.000Z",
      [
        { start: "2026-11-26T21:45:00.000Z", end: "2026-11-26T22:15:00.000Z" },
        { start: "2026-11-27T00:00:00.000Z", end: "2026-11-27T00:30:00.000Z" },
      ],
    ],
  ]);
});

test("a night on which the clocks change has the length it really has", async () => {
  await importSchedules(["ana,2026-10-24,22:00,06:00,"]);
  expect((await readShifts("ana"))[0]?.slice(0, 2)).toEqual([
    "2026-10-24T20:00:00.000Z",
    "2026-10-25T05:00:00.000Z",
  ]);
});

test("the technician sees the imported hours on their day", async () => {
  await importSchedules(["ana,2026-12-01,09:00,17:00,12:00-12:30"]);
  const day = await site.context.readDay(ana, "2026-12-01");
  expect(day.schedule).toEqual([
    {
      start: "2026-12-01T09:00:00.000+01:00",
      end: "2026-12-01T17:00:00.000+01:00",
      breaks: [{ start: "2026-12-01T12:00:00.000+01:00", end: "2026-12-01T12:30:00.000+01:00" }],
    },
  ]);
});

test("bad lines come back with their number and reason, good ones are kept", async () => {
  const report = await importSchedules([
    "ana,2026-12-08,09:00,17:00,",
    "nobody,2026-12-08,09:00,17:00,",
    "ana,2026-02-30,09:00,17:00,",
    "ana,2026-12-09,9:00,25:00,",
    "ana,2026-12-10,09:00,17:00,lunch",
    "ana,2026-12-11,09:00,17:00,08:00-08:30",
    "ana,2026-12-12,09:00,17:00,12:00-13:00;12:30-13:30",
    "ana,2026-12-13,09:00,17:00,12:00-12:00",
    "ana,2026-12-08,16:00,20:00,",
    "ana,2026-12-08,09:00,18:00,",
    "ana,2026-12-14,09:00,17:00,",
  ]);
  expect(report.imported).toBe(2);
  expect(report.refused).toEqual([
    { line: 3, reason: "login: nobody has it; import people first" },
    { line: 4, reason: expect.stringMatching(/^date: /) },
    {
      line: 5,
      reason: "start: not a time like 09:30; end: not a time like 09:30",
    },
    { line: 6, reason: "breaks: not like 10:30-10:45;12:30-13:15" },
    { line: 7, reason: "breaks: a break lies outside the shift" },
    { line: 8, reason: "breaks: two breaks overlap" },
    { line: 9, reason: "breaks: a break has no length" },
    { line: 10, reason: "overlaps line 2 of the same person" },
    { line: 11, reason: "starts as line 2 does" },
  ]);
});

test("the same file again changes nothing; the same start replaces; an overlap with a stored shift is refused", async () => {
  const shift = "ana,2026-12-20,09:00,17:00,12:00-12:30";
  expect(await importSchedules([shift])).toMatchObject({ imported: 1 });
  expect(await importSchedules([shift])).toMatchObject({ imported: 0, unchanged: 1 });
  expect(await importSchedules(["ana,2026-12-20,09:00,18:00,"])).toMatchObject({ imported: 1 });
  expect((await importSchedules(["ana,2026-12-20,17:30,20:00,"])).refused).toEqual([
    { line: 2, reason: "overlaps a stored shift of the same person" },
  ]);
  expect(await importSchedules(["ana,2026-12-20,18:00,20:00,"])).toMatchObject({ imported: 1 });
  expect(await importSchedules(["noa,2026-12-20,17:30,20:00,"])).toMatchObject({ imported: 1 });
});

test("with semicolons between the cells, the breaks go into quotes", async () => {
  const report = await importSchedules(
    ['ana;2026-12-22;09:00;17:00;"10:30-10:45;12:30-13:15"'],
    "login;date;start;end;breaks",
  );
  expect(report).toEqual({ imported: 1, unchanged: 0, refused: [] });
});

test("whatever the order and the times, no two shifts of a person ever overlap", () => {
  const HOUR = 3_600_000;
  const shift = fc
    .record({
      person: fc.constantFrom("ana", "bea"),
      start: fc.integer({ min: 0, max: 24 * 6 }).map((hour) => hour * HOUR),
      hours: fc.integer({ min: 1, max: 24 }),
    })
    .map(({ person, start, hours }) => ({ person, start, end: start + hours * HOUR, breaks: [] }));
  fc.assert(
    fc.property(fc.array(shift, { maxLength: 20 }), fc.array(shift, { maxLength: 20 }), (a, b) => {
      const number = <Item extends object>(list: Item[]) =>
        list.map((item, at) => ({ ...item, line: at + 2 }));
      const stored = planShifts([], number(a)).write;
      const plan = planShifts(stored, number(b));
      const replaced = new Set(plan.write.map((entry) => `${entry.person} ${entry.start}`));
      const all = [
        ...stored.filter((entry) => !replaced.has(`${entry.person} ${entry.start}`)),
        ...plan.write,
      ];
      for (const [at, one] of all.entries())
        for (const other of all.slice(at + 1))
          expect(
            one.person === other.person && one.start < other.end && other.start < one.end,
          ).toBe(false);
      expect(plan.write.length + plan.unchanged + plan.refused.length).toBe(b.length);
    }),
  );
});
