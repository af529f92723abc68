import { AsyncResource } from "node:async_hooks";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openingFile, writeOpeningFile } from "#agent/desk/opening-file";
import type { Desk } from "#agent/desk/start-desk";
import { eventually } from "#test/support/eventually";
import { makeFolder } from "../folder.ts";
import { enter, openDesk, post, send } from "./open-desk.ts";

const HOUR = 3_600_000;
const asked = { command: "status" };
const codeOf = (body: string): unknown => JSON.parse(body).code;

test("without a ticket or the token nothing is told", async () => {
  const { desk, agent } = await openDesk();
  for (const path of ["/api/command", "/api/feed"]) {
    const answer = await post(desk.address + path, asked);
    expect(answer.status, path).toBe(401);
    expect(answer.body, path).toContain("etabli desk");
  }
  expect(agent.asked).toEqual([]);
});

test("a ticket lets one browser in, once", async () => {
  const { desk, clock } = await openDesk();
  const ticket = desk.makeTicket();
  const answer = await post(`${desk.address}/api/session`, { ticket });
  expect(answer.status).toBe(200);
  const again = post(`${desk.address}/api/session`, { ticket });
  await eventually(() => expect(clock.nextDue()).toBe(1000));
  clock.advance(1000);
  expect(codeOf((await again).body)).toBe("ticket-spent");
});

test("a ticket is good for two minutes", async () => {
  const { desk, clock } = await openDesk();
  const early = desk.makeTicket();
  const late = desk.makeTicket();
  clock.advance(120_000);
  expect((await post(`${desk.address}/api/session`, { ticket: early })).status).toBe(200);
  clock.advance(1);
  const answer = post(`${desk.address}/api/session`, { ticket: late });
  await eventually(() => expect(clock.nextDue()).toBe(1000));
  clock.advance(1000);
  expect((await answer).status).toBe(401);
});

test("the cookie is out of reach of scripts and of other sites, and lasts twelve hours", async () => {
  const { desk } = await openDesk();
  const answer = await post(`${desk.address}/api/session`, { ticket: desk.makeTicket() });
  const [cookie] = answer.headers["set-cookie"] ?? [];
  expect(cookie).toMatch(
    /^etabli-desk-\d+=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
  );
});

test("who came in is answered for twelve hours, also when the clock on the wall is set back", async () => {
  const { desk, clock } = await openDesk();
  const shown = await enter(desk);
  const ask = async () => (await post(`${desk.address}/api/command`, asked, shown)).status;
  expect(await ask()).toBe(200);
  clock.advance(12 * HOUR);
  expect(await ask()).toBe(200);
  clock.jump(-5 * HOUR);
  clock.advance(1);
  expect(await ask()).toBe(401);
});

test("a cookie alone opens nothing: browsers show it to every port of this machine", async () => {
  const { desk } = await openDesk();
  const { cookie, ...key } = await enter(desk);
  const other = await enter(desk);
  const ask = async (headers: Record<string, string>) =>
    (await post(`${desk.address}/api/command`, asked, headers)).status;
  expect(await ask({ cookie })).toBe(401);
  expect(await ask(key)).toBe(401);
  expect(await ask({ ...other, cookie })).toBe(401);
  expect(await ask({ cookie, ...key })).toBe(200);
});

test("another program shows the token, which only the owner of the folder can read", async () => {
  const { desk, folder } = await openDesk();
  expect(desk.token).toMatch(/^[\w-]{43}$/);
  if (process.platform !== "win32")
    expect(statSync(join(folder, "desk-token")).mode & 0o777).toBe(0o600);
  const answer = await post(`${desk.address}/api/command`, asked, {
    authorization: `Bearer ${desk.token}`,
  });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body).status.recording).toBe("on");
});

test("the token stays the same from one start to the next", async () => {
  const folder = makeFolder();
  const first = await openDesk({ folder });
  await first.desk.stop();
  const second = await openDesk({ folder });
  expect(second.desk.token).toBe(first.desk.token);
  expect((await openDesk()).desk.token).not.toBe(first.desk.token);
});

test("a wrong token is answered a second later, a right one at once", async () => {
  const { desk, clock } = await openDesk();
  const ask = (token: string) =>
    post(`${desk.address}/api/command`, asked, { authorization: `Bearer ${token}` });
  const answered = vi.fn();
  const wrong = ask("A".repeat(43)).then((answer) => {
    answered();
    return answer;
  });
  await eventually(() => expect(clock.nextDue()).toBe(1000));
  expect((await ask(desk.token)).status).toBe(200);
  clock.advance(999);
  expect((await ask(desk.token)).status).toBe(200);
  expect(answered).not.toHaveBeenCalled();
  clock.advance(1);
  expect(codeOf((await wrong).body)).toBe("wrong-token");
});

test("while ten wrong attempts wait no other is looked at, and who is in stays in", async () => {
  const { desk, clock } = await openDesk();
  const shown = await enter(desk);
  const ask = (token: string) =>
    post(`${desk.address}/api/command`, asked, { authorization: `Bearer ${token}` });
  const waiting = vi.spyOn(clock, "after");
  const wrong = Array.from({ length: 10 }, (_, index) => ask(`wrong-${index}`));
  await eventually(() => expect(waiting).toHaveBeenCalledTimes(10));
  expect((await ask(desk.token)).status).toBe(429);
  expect((await post(`${desk.address}/api/session`, { ticket: desk.makeTicket() })).status).toBe(
    429,
  );
  expect((await post(`${desk.address}/api/command`, asked, shown)).status).toBe(200);
  clock.advance(1000);
  for (const answer of await Promise.all(wrong)) expect(answer.status).toBe(401);
  expect((await ask(desk.token)).status).toBe(200);
});

test("when somebody signs in or out, every other page that was open is closed", async () => {
  const { desk, agent } = await openDesk();
  agent.status = { ...agent.status, shared: true, recording: "signed-out" };
  const mine = await enter(desk);
  const before = await enter(desk);
  const ask = (body: object, shown: Record<string, string>) =>
    post(`${desk.address}/api/command`, body, shown);
  const wrong = { command: "signin", name: "Alice", passphrase: "nonsense" };
  expect(codeOf((await ask(wrong, mine)).body)).toBe("wrong-passphrase");
  expect((await ask(asked, before)).status).toBe(200);
  await ask({ ...wrong, passphrase: "correct horse" }, mine);
  expect((await ask(asked, before)).status).toBe(401);
  expect((await ask(asked, mine)).status).toBe(200);
  desk.endSessions(false);
  expect((await ask(asked, mine)).status).toBe(401);
});

test("when a person leaves every page is closed, but for the one at which they sign out", async () => {
  const leave = vi.fn();
  const { desk } = await openDesk({
    handle: async ({ command }) => {
      await Promise.resolve();
      if (command === "signout") leave();
      return { ok: true, code: "signed-out", message: "Signed out." };
    },
  });
  leave.mockImplementation(() => desk.endSessions(true));
  const mine = await enter(desk);
  const other = await enter(desk);
  const ask = async (command: string, shown: Record<string, string>) =>
    (await post(`${desk.address}/api/command`, { command }, shown)).status;
  expect(await ask("signout", mine)).toBe(200);
  expect(await ask("status", other)).toBe(401);
  expect(await ask("status", mine)).toBe(200);
  leave();
  expect(await ask("status", mine)).toBe(401);
});

test("what happens by itself after a command spares no page, also not the one the command came from", async () => {
  const timers: (() => void)[] = [];
  const { desk } = await openDesk({
    handle: ({ command }) => {
      if (command === "signin") {
        // Both run in the context of the command, long after it: a timer's and a promise's.
        for (const spare of [true, false]) timers.push(AsyncResource.bind(() => leave(spare)));
      }
      return { ok: true, code: "signed-in", message: "Signed in." };
    },
  });
  const leave = (spare: boolean) => desk.endSessions(spare);
  const ask = async (command: object, shown: Record<string, string>) =>
    (await post(`${desk.address}/api/command`, command, shown)).status;
  for (const round of [0, 1]) {
    const page = await enter(desk);
    const signIn = { command: "signin", name: "anne", passphrase: "correct horse" };
    expect(await ask(signIn, page)).toBe(200);
    expect(await ask(asked, page)).toBe(200);
    timers[timers.length - 2 + round]?.();
    expect(await ask(asked, page)).toBe(401);
  }
});

test("within its own command a page is spared only when that is said", async () => {
  const { desk } = await openDesk({
    handle: async () => {
      desk.endSessions(false);
      return { ok: true, code: "status", message: "" };
    },
  });
  const page = await enter(desk);
  expect((await post(`${desk.address}/api/command`, asked, page)).status).toBe(200);
  expect((await post(`${desk.address}/api/command`, asked, page)).status).toBe(401);
});

test("a page that is open cannot prolong itself with a new ticket, a program with the token may ask", async () => {
  const { desk, agent } = await openDesk();
  const ask = (shown: Record<string, string>) =>
    post(`${desk.address}/api/command`, { command: "desk" }, shown);
  expect((await ask(await enter(desk))).status).toBe(400);
  expect(agent.asked).toEqual([]);
  expect((await ask({ authorization: `Bearer ${desk.token}` })).status).toBe(200);
});

test("a page on disk that leads here is gone after a minute, at a new start and at the end", async () => {
  const folder = makeFolder();
  const write = (desk: Desk) => writeOpeningFile(folder, `${desk.address}/#${desk.makeTicket()}`);
  const { desk, clock } = await openDesk({ folder });
  write(desk);
  clock.advance(30_000);
  write(desk);
  clock.advance(59_999);
  expect(existsSync(openingFile(folder))).toBe(true);
  clock.advance(1);
  expect(existsSync(openingFile(folder))).toBe(false);
  write(desk);
  await desk.stop();
  expect(existsSync(openingFile(folder))).toBe(false);
  // As after an agent that was killed.
  writeOpeningFile(folder, "http://127.0.0.1:7071/#a");
  await openDesk({ folder });
  expect(existsSync(openingFile(folder))).toBe(false);
});

test("when the usual port is taken the desk goes elsewhere, and says where", async () => {
  const first = await openDesk();
  const port = Number(new URL(first.desk.address).port);
  const second = await openDesk({ port });
  expect(second.desk.address).not.toBe(first.desk.address);
  expect(second.desk.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(JSON.parse((await send(`${second.desk.address}/api/alive`)).body)).toEqual({
    etabli: true,
  });
});

test("once stopped it answers no more", async () => {
  const { desk } = await openDesk();
  await desk.stop();
  await expect(send(`${desk.address}/api/alive`)).rejects.toThrow();
});
