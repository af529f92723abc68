import { afterAll, beforeAll, expect, test } from "vitest";
import { signHello } from "#agent/identity";
import { AGENT_PATH, type Challenge, type Welcome } from "#schema/live";
import { makeSpan } from "#test/server/ingest/batches";
import { ended, greet, type LiveSite, openAgent, sendBatch, startLiveSite } from "./live-site.ts";
import { NotUpgraded, openRaw } from "./raw-websocket.ts";

let site: LiveSite;

beforeAll(async () => {
  site = await startLiveSite();
});
afterAll(async () => {
  await site.close();
});

async function addAgent() {
  const { person } = await site.addTechnician();
  return { person, identity: await site.addWorkstation(person) };
}

test("a workstation that signs the challenge is welcome, and its batch is stored under its person", async () => {
  const { person, identity } = await addAgent();
  const { socket, welcome } = await greet(identity);
  expect(welcome).toMatchObject({ ok: true, epoch: 1, zone: "Europe/Paris" });
  expect(await sendBatch(socket, identity.workstation)).toEqual({
    epoch: 1,
    seq: 1,
    status: "stored",
  });
  expect(await sendBatch(socket, identity.workstation)).toMatchObject({ status: "duplicate" });
  const rows = await site.query("select person from work_span where workstation = $1", [
    identity.workstation,
  ]);
  expect(rows).toEqual([{ person }]);
  socket.disconnect();
});

test("a connection with an Origin, whatever it is, is refused before it is made", async () => {
  for (const origin of [site.url, "https://evil.example", "null", ""])
    await expect(openRaw(site.url, AGENT_PATH, { origin })).rejects.toThrow(NotUpgraded);
  const raw = await openRaw(site.url, AGENT_PATH);
  raw.destroy();
});

test("long polling is no way in", async () => {
  for (const method of ["GET", "POST"]) {
    const answer = await fetch(`${site.url}${AGENT_PATH}/?EIO=4&transport=polling`, { method });
    expect(answer.status).toBe(400);
  }
});

const notEnrolled = { ok: false, code: "not_signed_in" };

test("a captured hello is worth nothing on another connection, nor twice on its own", async () => {
  const { identity } = await addAgent();
  const first = await openAgent(site.url);
  const captured = signHello(identity, 1, first.challenge);
  expect(await first.socket.emitWithAck("hello", captured)).toMatchObject({ ok: true });
  expect(await first.socket.emitWithAck("hello", captured)).toMatchObject({
    ok: false,
    code: "bad_input",
  });
  expect(await sendBatch(first.socket, identity.workstation)).toMatchObject({ status: "stored" });
  const second = await openAgent(site.url);
  expect(second.challenge.nonce).not.toBe(first.challenge.nonce);
  expect(await second.socket.emitWithAck("hello", captured)).toMatchObject(notEnrolled);
  expect(await sendBatch(second.socket, identity.workstation, { seq: 2 })).toMatchObject({
    status: "refused",
    refusals: [{ path: "(root)", reason: "say hello first" }],
  });
  first.socket.disconnect();
  second.socket.disconnect();
});

test("a signature for another site, another key, another workstation or another text is refused", async () => {
  const { identity } = await addAgent();
  const other = (await addAgent()).identity;
  const elsewhere = { ...identity, site: "3b241101-e2bb-4255-8caf-4136c566a962" };
  const changes: [string, (challenge: Challenge) => object][] = [
    ["another site", (challenge) => signHello(elsewhere, 1, challenge)],
    [
      "another key",
      (challenge) => signHello({ ...identity, privateKey: other.privateKey }, 1, challenge),
    ],
    ["another workstation", () => ({ workstation: other.workstation })],
    ["nobody", () => ({ workstation: "00000000-0000-4000-8000-000000000000" })],
    ["no signature", () => ({ signature: "A".repeat(86) })],
    ["no base64", () => ({ signature: "*".repeat(86) })],
  ];
  for (const [name, change] of changes) {
    const opened = await openAgent(site.url);
    const hello = { ...signHello(identity, 1, opened.challenge), ...change(opened.challenge) };
    const welcome = await opened.socket.emitWithAck("hello", hello);
    expect(`${name}: ${JSON.stringify(welcome)}`).toContain("not_signed_in");
    opened.socket.disconnect();
  }
});

test("a hello this server does not understand is answered, not obeyed", async () => {
  const { identity } = await addAgent();
  for (const change of [
    { extra: 1 },
    { epoch: 0 },
    { workstation: "x" },
    { signature: "short" },
    { agent: "a".repeat(41) },
  ]) {
    const { socket, welcome } = await greet(identity, () => change);
    expect(welcome).toMatchObject({ ok: false, code: "bad_input" });
    socket.disconnect();
  }
});

async function revoke(person: string): Promise<void> {
  const { cookie } = await site.addAccount("operator", `o-${person.slice(0, 8)}`);
  const answer = await fetch(`${site.url}/api/workstations/revoke`, {
    method: "POST",
    headers: { cookie, origin: site.url, "content-type": "application/json" },
    body: JSON.stringify({ person }),
  });
  expect(await answer.json()).toEqual({ revoked: 1 });
}

test("a revoked workstation that is connected is put out, and stays out", async () => {
  const { person, identity } = await addAgent();
  const { socket } = await greet(identity);
  await revoke(person);
  await ended(socket);
  const again = await greet(identity);
  expect(again.welcome).toMatchObject({ ok: false, code: "forbidden" });
  expect(await sendBatch(again.socket, identity.workstation)).toMatchObject({ status: "refused" });
  expect(await site.countSpans(identity.workstation)).toBe(0);
  again.socket.disconnect();
});

test("a hello under way while the workstation is revoked leaves no connection behind", async () => {
  for (let round = 0; round < 10; round++) {
    const { person, identity } = await addAgent();
    const { socket, challenge } = await openAgent(site.url);
    const closed = ended(socket).then(() => "put out");
    const greeted = new Promise<Welcome>((resolve) => {
      socket.emit("hello", signHello(identity, 1, challenge), resolve);
    });
    await revoke(person);
    const answer = greeted.then((welcome) => (welcome.ok ? closed : "refused"));
    expect(["put out", "refused"]).toContain(await Promise.race([closed, answer]));
    socket.disconnect();
  }
});

test("a second connection of a workstation ends the first", async () => {
  const { identity } = await addAgent();
  const first = await greet(identity);
  const second = await greet(identity);
  await ended(first.socket);
  expect(second.socket.connected).toBe(true);
  expect(await sendBatch(second.socket, identity.workstation)).toMatchObject({ status: "stored" });
  second.socket.disconnect();
});

test("before hello nothing is taken and nothing is told", async () => {
  const { identity } = await addAgent();
  const { socket } = await openAgent(site.url);
  expect(await sendBatch(socket, identity.workstation)).toEqual({
    epoch: 0,
    seq: 0,
    status: "refused",
    refusals: [{ path: "(root)", reason: "say hello first" }],
  });
  const range = { from: "2026-11-25T00:00:00.000Z", to: "2026-11-26T00:00:00.000Z" };
  socket.emit("stored", range, () => expect.unreachable("it answered"));
  await ended(socket);
});

test("each agent reads back its own workstation and nothing else of the site", async () => {
  const { person, identity } = await addAgent();
  const colleague = await site.addWorkstation(person);
  const stranger = (await addAgent()).identity;
  const sockets = [];
  for (const who of [identity, colleague, stranger]) {
    const { socket } = await greet(who);
    sockets.push(socket);
    await sendBatch(socket, who.workstation, {
      spans: [makeSpan({ label: who.workstation.slice(0, 8) })],
    });
  }
  const range = { from: "2026-11-25T00:00:00.000Z", to: "2026-11-26T00:00:00.000Z" };
  const stored = await sockets[0]?.emitWithAck("stored", range);
  expect(stored?.spans.map(({ label }) => label)).toEqual([identity.workstation.slice(0, 8)]);
  for (const socket of sockets) socket.disconnect();
});

test("a batch of another workstation, sent over a good connection, is refused", async () => {
  const { identity } = await addAgent();
  const victim = (await addAgent()).identity;
  const { socket } = await greet(identity);
  expect(await sendBatch(socket, victim.workstation)).toMatchObject({
    status: "refused",
    refusals: [{ path: "workstation" }],
  });
  expect(await site.countSpans(victim.workstation)).toBe(0);
  socket.disconnect();
});

test("nothing in the log names a person, a workstation or what was recorded", async () => {
  const { person, identity } = await addAgent();
  const { socket } = await greet(identity);
  await sendBatch(socket, identity.workstation, { spans: [makeSpan({ label: "Unmistakable" })] });
  socket.disconnect();
  const log = site.logged.join("\n");
  for (const word of [person, identity.workstation, "Unmistakable"])
    expect(log).not.toContain(word);
});
