import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { openSite } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let cookie: string;
beforeAll(async () => {
  site = await openSite();
  cookie = (await site.addAccount("operator", "olga")).cookie;
});
afterAll(() => site.close());

function importPeople(csv: string) {
  return site.call(endpoints.importPeople, { csv }, { cookie });
}

test("good lines are kept, bad ones come back with their number and reason", async () => {
  const reply = await importPeople(
    [
      "login,name,team,zone",
      "ana.b,Ana Bérubé,Team One,America/Montreal",
      "Bad Login,Bea,Team One,",
      "cid,=HYPERLINK(1),Team One,",
      "",
      "dan,Dan,Team Two,Mars/Olympus",
      "eve,Eve,Team Two",
      'fay,"Fay, the second",Team Two,',
      'gil,"Gil,Team Two,',
      "hal,Hal,Team Two,",
      "ana.b,Ana again,Team One,",
      "olga,Olga,Team One,",
    ].join("\r\n"),
  );
  const report = endpoints.importPeople.output.parse(reply.body);
  expect(report.imported).toBe(2);
  expect(report.refused.map(({ line, reason }) => [line, reason.split(":")[0]])).toEqual([
    [3, "login"],
    [4, "name"],
    [6, "zone"],
    [7, "has 3 columns where 4 are named"],
    [8, "name"],
    [9, "its quotes do not match"],
    [11, "login"],
    [12, "login"],
  ]);
  const people = await site.call(endpoints.listPeople, {}, { cookie });
  expect(people.body).toMatchObject({
    people: [
      { login: "ana.b", name: "Ana Bérubé", team: "Team One", zone: "America/Montreal" },
      { login: "hal", name: "Hal", team: "Team Two", zone: "Europe/Paris" },
    ],
  });
});

test("the same file again changes nothing, and a changed line changes that person", async () => {
  const file = (team: string) => `login,name,team\nida,Ida,${team}\njo,Jo,Team Three\n`;
  expect((await importPeople(file("Team Three"))).body).toMatchObject({ imported: 2 });
  expect((await importPeople(file("Team Three"))).body).toEqual({
    imported: 0,
    unchanged: 2,
    refused: [],
  });
  expect((await importPeople(file("Team Four"))).body).toMatchObject({ imported: 1, unchanged: 1 });
});

test.each([
  ["semicolons", "login;name;team;zone\nkim;Kim;One;\n"],
  ["a byte order mark", "\uFEFFlogin,name,team\nlea,Lea,One\n"],
  ["columns in another order and capitals", "Team, Login ,NAME\nOne,max,Max\n"],
  ["quoted cells", '"login","name","team"\n"nat","Nat","One, the first"\n'],
  ["old line ends", "login,name,team\rola,Ola,One\r"],
])("a file with %s is read", async (_what, csv) => {
  expect((await importPeople(csv)).body).toMatchObject({ imported: 1, refused: [] });
});

test.each([
  ["", ["login", "name", "team"]],
  ["ana,Ana,One\n", ["login", "name", "team"]],
  ["login,name,team,salary\n", ["salary"]],
  ["login,login,name,team\n", ["login"]],
])("a file that begins %j is refused whole, naming the columns", async (csv, faults) => {
  const reply = await importPeople(csv);
  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({
    message: "The first line has to name the columns: login,name,team,zone.",
  });
  for (const fault of faults) expect(JSON.stringify(reply.body)).toContain(fault);
});

test("a file of too many lines is refused, not cut", async () => {
  const reply = await importPeople(`login,name,team${"\n".repeat(50_001)}`);
  expect(reply.status).toBe(413);
});
