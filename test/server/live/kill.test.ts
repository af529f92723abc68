import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#agent/clock";
import { type Identity, makeKeyPair } from "#agent/identity";
import { openOutbox } from "#agent/outbox";
import { startSender } from "#agent/sender";
import { formatTimestamp } from "#schema/time";
import { prepareSite } from "#server/database/site";
import { openStore, type StoreConfig } from "#server/database/store";
import { defaultCharterHash, makeSpan } from "#test/server/ingest/batches";
import { makeTestPlace } from "#test/support/database";

const KILLS = 4;
const AGENTS = 3;
const BATCHES = 80;
const SPANS = 20;
const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

/** Numbers in [0, 1) that a seed gives again. */
function makeRandom(from: number): () => number {
  let state = from;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

async function startSite(port: string, location: StoreConfig) {
  const words = [
    "--import",
    "tsx",
    "test/server/live/site-child.ts",
    port,
    JSON.stringify(location),
  ];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const [line] = await Promise.race([once(child.stdout, "data"), exited.then(() => [""])]);
  const url = String(line).trim();
  if (url === "") throw new Error("the site did not start");
  return { child, url, exited };
}

/** The workstations of the test, each with a person, made before any server runs. */
async function enrolAgents(location: StoreConfig) {
  const store = await openStore(location);
  const site = await prepareSite(store, { mode: "real", zone: "Europe/Paris" });
  const agents: (Omit<Identity, "server"> & { person: string })[] = [];
  for (let number = 0; number < AGENTS; number++) {
    const { privateKey, publicKey } = makeKeyPair();
    const person = randomUUID();
    await store.pool.query(
      "insert into person (id, login, name, zone) values ($1, $2, $2, 'Europe/Paris')",
      [person, `agent-${number}`],
    );
    const { rows } = await store.pool.query(
      `insert into workstation (person, public_key, by_token, enrolled_at) values ($1, $2, false, now())
       returning id`,
      [person, Buffer.from(publicKey, "base64url")],
    );
    agents.push({
      person,
      site: site.id,
      mode: "real",
      workstation: rows[0].id,
      zone: "Europe/Paris",
      privateKey,
    });
  }
  await store.close();
  return agents;
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "etabli-kill-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test(`a server killed ${KILLS} times while it takes batches: what was acknowledged is there once, the rest comes (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  const random = makeRandom(seed);
  const place = await makeTestPlace();
  const identities = await enrolAgents(place.location);
  let site = await startSite("0", place.location);
  const { port } = new URL(site.url);
  let acks = 0;
  let onAcks: { count: number; reached: () => void } | undefined;
  const acknowledged = new Set<string>();

  const agents = identities.map(({ person: _person, ...rest }) => {
    const identity: Identity = { ...rest, server: site.url };
    const outbox = openOutbox(makeFolder());
    let sealed = 0;
    const record = () => {
      if (sealed >= BATCHES) return;
      const end = formatTimestamp(Date.now() - 60_000, 60);
      const spans = Array.from({ length: SPANS }, (_, index) =>
        makeSpan({ start: end, end, task: `${sealed}-${index}` }),
      );
      outbox.add({ spans });
      sealed += 1;
      const { workstation } = identity;
      const epoch = outbox.epoch ?? 1;
      outbox.seal({ workstation, epoch, charter: defaultCharterHash, sealedAt: end });
    };
    for (let first = 0; first < 10; first++) record();
    const sender = startSender({
      server: site.url,
      identity,
      outbox,
      clock: systemClock,
      // Short waits that still grow.
      random: () => 0.01,
      log: () => {},
      onAck: (batch, { status }) => {
        expect(["stored", "duplicate", "retry"]).toContain(status);
        if (status !== "retry")
          acknowledged.add(`${batch.workstation}/${batch.epoch}/${batch.seq}`);
        acks += 1;
        if (onAcks && acks >= onAcks.count) onAcks.reached();
        record();
        record();
      },
    });
    return { outbox, sender };
  });

  for (let kill = 0; kill < KILLS; kill++) {
    const more = 5 + Math.floor(random() * 40);
    await new Promise<void>((reached) => {
      onAcks = { count: acks + more, reached };
    });
    onAcks = undefined;
    // Somewhere within the commits that follow.
    await new Promise((resolve) => setTimeout(resolve, random() * 20));
    site.child.kill("SIGKILL");
    await site.exited;
    site = await startSite(port, place.location);
  }
  // Whatever is left arrives by itself.
  for (const { sender, outbox } of agents) {
    while (outbox.lastSeq < BATCHES) await sender.flushed();
    await sender.flushed();
    await sender.stop();
    expect(outbox.readDeadLetters()).toEqual([]);
    await outbox.close();
  }
  await stopSite(site.child, site.exited);

  const store = await openStore(place.location);
  const { rows: receipts } = await store.pool.query(
    "select workstation || '/' || epoch || '/' || seq as name from receipt",
  );
  const { rows: spans } = await store.pool.query(
    `select w.id as workstation, count(*)::integer as events, count(distinct s.task)::integer as tasks,
       count(distinct (s.epoch, s.seq, s.index))::integer as places, bool_and(s.person = w.person) as own
     from work_span s join workstation w on w.id = s.workstation group by w.id`,
  );
  await store.close();
  await place.drop();
  const stored = new Set(receipts.map(({ name }) => name));
  expect([...acknowledged].filter((name) => !stored.has(name))).toEqual([]);
  expect(receipts).toHaveLength(AGENTS * BATCHES);
  const events = BATCHES * SPANS;
  for (const row of spans)
    expect(row).toMatchObject({ events, tasks: events, places: events, own: true });
  expect(spans).toHaveLength(AGENTS);
});

async function stopSite(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill("SIGTERM");
  await exited;
}
