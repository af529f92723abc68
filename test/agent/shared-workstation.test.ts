import { afterEach, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { controlAddress } from "#agent/control/address";
import type { Reply, Request } from "#agent/control/messages";
import { sendCommand } from "#agent/control/send-command";
import { enrol } from "#agent/enrol";
import { runAgent } from "#agent/run";
import { readDesktop } from "#agent/sensors/desktop";
import { makeProfile } from "#agent/session/profiles";
import { formatInZone } from "#schema/time";
import { bytesBelow } from "#test/support/bytes-below";
import { eventually } from "#test/support/eventually";
import { makeFolder } from "./folder.ts";
import { accepted } from "./session/open-session.ts";
import { charter, startSiteDouble } from "./site-double.ts";

type Site = Awaited<ReturnType<typeof startSiteDouble>>;
const passphrases = { anne: "correct horse", bruno: "battery staple" };
let closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** A machine at which Anne and Bruno take turns, its agent running, nobody signed in. */
async function openShared({ gatewayPort = "off" }: { gatewayPort?: number | "off" } = {}) {
  const site: Site = await startSiteDouble();
  const time = () => formatInZone(Date.now(), "Europe/Paris");
  site.welcome = () => ({ ok: true, epoch: 1, charter, zone: "Europe/Paris", time: time() });
  const home = makeFolder();
  for (const [name, passphrase] of Object.entries(passphrases)) {
    const { folder, key } = makeProfile(home, name, passphrase);
    await enrol({ server: site.server, code: "ABCD-EFGH-JKLM", folder, key });
  }
  const said: string[] = [];
  const agent = await runAgent({
    folder: home,
    identity: null,
    desktop: readDesktop({}, "linux"),
    sealEverySeconds: 0.1,
    deskPort: 0,
    gatewayPort,
    page: home,
    clock: systemClock,
    random: Math.random,
    say: (line) => said.push(line),
  });
  closing.push(site.close, agent.stop);
  const ask = (request: Request): Promise<Reply> => sendCommand(controlAddress(home), request);
  const signIn = (name: keyof typeof passphrases) =>
    ask({ command: "signin", name, passphrase: passphrases[name] });
  const until = (state: string) =>
    eventually(async () =>
      expect(accepted(await ask({ command: "status" })).status?.recording).toBe(state),
    );
  return { site, home, said, ask, signIn, until };
}

test("nothing is recorded before somebody signs in, and the machine shows nothing of anybody", async () => {
  const { ask, site, until } = await openShared();
  await until("signed-out");
  expect(await ask({ command: "task-start", kind: "contact" })).toMatchObject({
    ok: false,
    code: "signed-out",
  });
  for (const command of ["held", "mirror", "refused"] as const)
    expect(await ask({ command })).toMatchObject({ ok: false, code: "signed-out" });
  expect(site.hellos).toEqual([]);
});

test("each works in their own outbox, and leaves nothing the next person could read", async () => {
  const { ask, signIn, site, home, said, until } = await openShared();
  accepted(await signIn("anne"));
  await until("on");
  accepted(await ask({ command: "hold-back", minutes: 30 }));
  accepted(await ask({ command: "task-start", kind: "contact", label: "Annesqueue" }));
  accepted(await ask({ command: "task-stop" }));
  expect(accepted(await ask({ command: "held" })).held?.open).toHaveLength(1);
  accepted(await ask({ command: "signout" }));
  await until("signed-out");
  expect(bytesBelow(home).includes("Annesqueue")).toBe(false);

  accepted(await signIn("bruno"));
  await until("on");
  expect(accepted(await ask({ command: "held" })).held?.open).toEqual([]);
  expect(accepted(await ask({ command: "status" })).status?.holdBack.own).toBe(0);
  accepted(await ask({ command: "task-start", kind: "meeting" }));
  accepted(await ask({ command: "task-stop" }));
  await eventually(() => expect(site.received).toHaveLength(1));

  // Anne comes while Bruno is signed in: he is signed out, and what she had waits for her.
  accepted(await signIn("anne"));
  await until("on");
  const [waiting] = accepted(await ask({ command: "held" })).held?.open ?? [];
  expect(waiting?.event).toMatchObject({ kind: "contact", label: "Annesqueue" });
  expect(site.received.flatMap(({ batch }) => batch.spans.map(({ kind }) => kind))).toEqual([
    "meeting",
  ]);
  expect(said.join()).not.toMatch(/anne|bruno/i);
});

test("watchers that were started before go on reporting when another person signs in", async () => {
  const { ask, signIn, until } = await openShared({ gatewayPort: 0 });
  const send = async (path: string, body: object) => {
    const { status } = accepted(await ask({ command: "status" }));
    const answer = await fetch(`${status?.gateway.address}/api/0/buckets/w_desk-7${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  accepted(await signIn("anne"));
  await until("on");
  expect(await send("", { type: "currentwindow", client: "w", hostname: "!local" })).toBe(200);
  accepted(await ask({ command: "signout" }));
  for (const next of ["bruno", "anne"] as const) {
    accepted(await signIn(next));
    await until("on");
    const beat = { timestamp: new Date().toISOString(), data: { app: "firefox" } };
    expect(await send("/heartbeat?pulsetime=5", beat), next).toBe(200);
  }
});

test("a wrong passphrase opens nothing, and guessing gets slower", async () => {
  const { ask, until } = await openShared();
  const guess = () => ask({ command: "signin", name: "anne", passphrase: "wrong guess" });
  expect(await guess()).toMatchObject({ ok: false, code: "wrong-passphrase" });
  expect(await guess()).toMatchObject({ ok: false, code: "wait" });
  await until("signed-out");
});
