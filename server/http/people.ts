import { endpoints } from "#schema/endpoints";
import { findPeopleByLogin, importPeople, listPeople } from "#server/database/person";
import { importSchedules } from "#server/database/schedule";
import type { Bind } from "./bind.ts";
import type { HttpContext } from "./context.ts";
import { readPeopleCsv } from "./csv/people.ts";
import { placeShifts, readSchedulesCsv } from "./csv/schedules.ts";

/** The people, their teams and planned hours, as the operator keeps them. */
export function bindPeople(bind: Bind, context: HttpContext): void {
  const { store, site } = context;

  bind(endpoints.listPeople, async () => ({ people: await listPeople(store) }));

  bind(endpoints.importPeople, async ({ input }) => {
    const { people, refused } = await readPeopleCsv(input.csv, site.zone);
    const outcome = await importPeople(store, people);
    return { ...outcome, refused: byLine(refused, outcome.refused) };
  });

  bind(endpoints.importSchedules, async ({ input }) => {
    const { shifts, refused } = await readSchedulesCsv(input.csv);
    const logins = shifts.map((shift) => shift.login);
    const planned = placeShifts(shifts, await findPeopleByLogin(store, logins));
    const { outcome, changed } = await importSchedules(store, planned.placed);
    if (changed.length > 0) context.tellHoursChanged(changed);
    return { ...outcome, refused: byLine(refused, planned.refused, outcome.refused) };
  });
}

function byLine<Line extends { line: number }>(...lists: Line[][]): Line[] {
  return lists.flat().sort((a, b) => a.line - b.line);
}
