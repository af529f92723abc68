import { type DemoPerson, demoPeople, demoZone, planShift } from "#schema/demo-site";
import { addDays, localDateOf, millisecondsOf } from "#schema/time";
import type { Passwords } from "#server/access/password";
import { type DemoAccount, insertDemoAccounts } from "#server/database/demo-account";
import { findPeopleByLogin, importPeople } from "#server/database/person";
import { importSchedules } from "#server/database/schedule";
import type { Store } from "#server/database/store";

/** The password of every account of the demonstration: it guards nothing but simulated data. */
export const DEMO_PASSWORD = "atelier-demo";

const others: readonly Omit<DemoAccount, "person">[] = [
  { login: "health", name: "Service de santé au travail", role: "health" },
  { login: "representative", name: "Représentant du personnel", role: "representative" },
  { login: "employer", name: "Direction du site", role: "employer" },
  { login: "operator", name: "Exploitation", role: "operator" },
];

/** Fills the demonstration's store with its people, accounts and planned hours; what is there already stays. */
export async function prepareDemoSite(
  store: Store,
  passwords: Passwords,
  now: number,
  historyDays: number,
): Promise<void> {
  const people = demoPeople.map((person, index) => ({ ...person, line: index, zone: demoZone }));
  await importPeople(store, people);
  const known = await findPeopleByLogin(
    store,
    people.map(({ login }) => login),
  );
  const idOf = ({ login }: DemoPerson) => {
    const found = known.get(login);
    if (!found) throw new Error("The demonstration's people are not all in the store.");
    return found.id;
  };
  await importSchedules(store, [...planDays(now, historyDays, idOf)]);
  const technicians = demoPeople.map((person) => ({
    login: person.login,
    name: person.name,
    role: "technician" as const,
    person: idOf(person),
  }));
  await insertDemoAccounts(
    store,
    [...technicians, ...others.map((account) => ({ ...account, person: null }))],
    await passwords.hash(DEMO_PASSWORD),
  );
}

function* planDays(now: number, historyDays: number, idOf: (person: DemoPerson) => string) {
  const today = localDateOf(now, demoZone);
  const at = (period: { start: string; end: string }) => ({
    start: millisecondsOf(period.start),
    end: millisecondsOf(period.end),
  });
  for (let day = -historyDays - 1; day <= 14; day++)
    for (const [index, person] of demoPeople.entries()) {
      const shift = planShift(index, addDays(today, day));
      if (shift)
        yield { line: 0, person: idOf(person), ...at(shift), breaks: shift.breaks.map(at) };
    }
}

/** One account per role to try, the technician being one who is well into a shift at that moment. */
export function pickAccounts(now: number): { role: string; login: string }[] {
  return [
    { role: "technician", login: demoPeople[pickPersonAtWork(now)]?.login ?? "" },
    ...others.map(({ role, login }) => ({ role, login })),
  ];
}

/** The person whose shift is nearest to its middle: something to see already, and more to come. */
function pickPersonAtWork(now: number): number {
  const today = localDateOf(now, demoZone);
  const distances = demoPeople.map((_, index) =>
    [addDays(today, -1), today].reduce((least, date) => {
      const shift = planShift(index, date);
      if (!shift) return least;
      const middle = (millisecondsOf(shift.start) + millisecondsOf(shift.end)) / 2;
      return Math.min(least, Math.abs(now - middle));
    }, Number.POSITIVE_INFINITY),
  );
  return distances.indexOf(Math.min(...distances));
}
