import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { describeRoughly } from "#server/http/workstations";
import { openSite } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let cookie: string;
beforeAll(async () => {
  site = await openSite();
  cookie = (await site.addAccount("operator", "olga")).cookie;
});
afterAll(() => site.close());

async function addWorkstation(person: string, seenOn: string | null): Promise<void> {
  await site.query(
    "insert into workstation (person, public_key, by_token, enrolled_at, seen_on) values ($1, $2, false, $3, $4)",
    [person, randomBytes(32), site.context.clock(), seenOn],
  );
}

test("the operator sees numbers of workstations, and of those here today only a band", async () => {
  const person = await site.addPerson("ana");
  for (let n = 0; n < 14; n++) await addWorkstation(person, "2026-11-25");
  await addWorkstation(person, "2026-11-24");
  await addWorkstation(person, null);
  const reply = await site.call(endpoints.listWorkstations, {}, { cookie });
  expect(reply.body).toEqual({ enrolled: 16, revoked: 0, seenToday: "10+" });
});

test.each([
  [0, "0"],
  [1, "fewer than 10"],
  [9, "fewer than 10"],
  [10, "10+"],
  [19, "10+"],
  [307, "300+"],
])("%i machines read as %s", (count, text) => {
  expect(describeRoughly(count)).toBe(text);
});

test("revoking a person's workstations ends their connections at once, and says how many there were", async () => {
  const person = await site.addPerson("bea");
  await addWorkstation(person, null);
  await addWorkstation(person, null);
  const first = await site.call(endpoints.revokeWorkstations, { person }, { cookie });
  expect(first.body).toEqual({ revoked: 2 });
  expect(site.revoked).toHaveLength(2);
  const second = await site.call(endpoints.revokeWorkstations, { person }, { cookie });
  expect(second.body).toEqual({ revoked: 0 });
  expect(site.revoked).toHaveLength(2);
});

test("the list of people tells nothing of what anybody did", async () => {
  const reply = await site.call(endpoints.listPeople, {}, { cookie });
  const { people } = endpoints.listPeople.output.parse(reply.body);
  expect(people.map(({ login, workstations }) => ({ login, workstations }))).toEqual([
    { login: "ana", workstations: 16 },
    { login: "bea", workstations: 0 },
  ]);
});
