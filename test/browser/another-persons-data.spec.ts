import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { endpoints } from "#schema/endpoints";
import { AGENT_PATH, UI_PATH } from "#schema/live";
import { askFrom, keepFrames, refusedRequest } from "#test/support/browser-calls";
import { expect, test } from "#test/support/browser-test";
import { AT, spanOf } from "./day-of-work.ts";

test.use({ at: AT, locale: "en-GB" });

const socketClient = fileURLToPath(
  new URL("../../node_modules/socket.io-client/dist/socket.io.min.js", import.meta.url),
);
const traces = /Zeppelin|11:11:00/;
const hersOnly = () => spanOf("contact", "11:11", "11:17", { label: "Zeppelin" });

test("another technician gets nothing of me by any address or id", async ({ site, signInAs }) => {
  const alice = await site.addTechnician("Alice Durand");
  const agent = await site.openAgent(alice);
  await agent.send({ spans: [hersOnly()] });
  const bruno = await site.addTechnician("Bruno Martin");
  const page = await signInAs(bruno, refusedRequest);
  const event = `${agent.workstation}/1/1/0`;
  const ids = [alice.person, agent.workstation, alice.login, event];
  const names = ["person", "id", "login", "workstation", "account", "event"];
  const mine = [endpoints.readMyDay, endpoints.readMyArchive, endpoints.readMyWorkstations];
  const asked = [
    ...mine.flatMap(({ path }) =>
      ids.flatMap((id) => names.map((name) => `${path}?${name}=${encodeURIComponent(id)}`)),
    ),
    ...mine.flatMap(({ path }) => ids.map((id) => `${path}/${id}`)),
    ...ids.flatMap((id) =>
      ["people", "persons", "days", "archives", "workstations", "spans", "me"].map(
        (noun) => `/api/${noun}/${id}`,
      ),
    ),
    "/api/people",
    "/api/workstations",
    "/api/accounts",
  ];
  for (const path of asked) {
    const { status, text } = await askFrom(page, "GET", path);
    expect([400, 403, 404], path).toContain(status);
    expect(text, path).not.toMatch(traces);
  }
  for (const { path } of mine) {
    const own = await askFrom(page, "GET", path);
    expect(own.status).toBe(200);
    expect(own.text).not.toMatch(traces);
    expect(own.text).not.toContain(agent.workstation);
  }
  const hers = await signInAs(alice);
  expect((await askFrom(hers, "GET", "/api/me/day")).text).toMatch(traces);
});

test("another technician's page gets none of my frames, whatever it asks of the live connection", async ({
  site,
  openPage,
}) => {
  const alice = await site.addTechnician("Alice Durand");
  const bruno = await site.addTechnician("Bruno Martin");
  const hers = await openPage();
  const { page } = await openPage(/WebSocket/);
  const framesOfAlice = keepFrames(hers.page);
  const framesOfBruno = keepFrames(page);
  for (const [opened, account] of [
    [hers.page, alice],
    [page, bruno],
  ] as const) {
    await opened.goto(site.url);
    await opened.getByLabel("Login").fill(account.login);
    await opened.getByLabel("Password").fill("quatre mots sur un établi");
    await opened.getByRole("button", { name: "Sign in" }).click();
    await expect(opened.getByText("Live", { exact: true })).toBeVisible();
  }
  const [agentOfAlice, agentOfBruno] = [await site.openAgent(alice), await site.openAgent(bruno)];
  const rooms = [`person:${alice.person}`, alice.person, agentOfAlice.workstation, alice.login];
  const got = await askLiveFor(page, rooms);
  expect(got.namespaces).toEqual(rooms.map(() => "Invalid namespace"));
  expect(got.agentPath).toBe("websocket error");

  await agentOfAlice.send({ spans: [hersOnly()] });
  await expect(hers.page.getByRole("img", { name: /^Contact · Zeppelin/ })).toBeVisible();
  // What was sent to Bruno before this would have arrived before it.
  await agentOfBruno.send({ spans: [spanOf("case", "12:00", "12:30", { label: "Own" })] });
  await expect(page.getByRole("img", { name: /^Case work · Own/ })).toBeVisible();
  await expect
    .poll(() => page.evaluate("heard.flatMap((all) => all.filter((name) => name === 'activity'))"))
    .toEqual(rooms.map(() => "activity"));

  expect(framesOfAlice.received.join("\n")).toMatch(traces);
  expect(framesOfBruno.received.join("\n")).toContain("Own");
  expect(framesOfBruno.received.join("\n")).not.toMatch(traces);
  await expect(page.getByText("Zeppelin")).toHaveCount(0);
});

/** Speaks to the site from within the page, with its cookie and origin, naming each room in every way there is. */
async function askLiveFor(page: Page, rooms: string[]) {
  await page.evaluate(await readFile(socketClient, "utf8"));
  const script = `(async () => {
    const rooms = ${JSON.stringify(rooms)};
    const open = (at, options) => io(at, { path: "${UI_PATH}", transports: ["websocket"], forceNew: true, reconnection: false, ...options });
    const outcome = (socket) => new Promise((done) => {
      socket.once("connect", () => done("connected"));
      socket.once("connect_error", (error) => done(error.message));
    });
    globalThis.heard = [];
    const namespaces = [];
    for (const room of rooms) {
      const person = room.replace("person:", "");
      const socket = open("/", { auth: { person, room }, query: { person, room } });
      const names = [];
      heard.push(names);
      socket.onAny((name) => names.push(name));
      await outcome(socket);
      for (const event of ["join", "subscribe", "watch", "room", "activity", "stored", "hello"])
        for (const ask of [room, { room }, { person }, [room]]) socket.emit(event, ask);
      namespaces.push(await outcome(open("/" + room, {})));
    }
    const agentPath = await outcome(open("/", { path: "${AGENT_PATH}" }));
    return { namespaces, agentPath };
  })()`;
  return await page.evaluate<{ namespaces: string[]; agentPath: string }>(script);
}
