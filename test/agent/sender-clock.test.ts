import { expect, test } from "vitest";
import { formatTimestamp } from "#schema/time";
import { makeContext, makeSpan } from "./factories.ts";
import { makeWorkstation, until } from "./make-workstation.ts";

const MINUTE = 60_000;
/** What the clocks of workstation and site show when a test begins. */
const BEGIN = Date.parse("2026-11-25T08:30:00.000Z");

type Workstation = Awaited<ReturnType<typeof makeWorkstation>>;

/** Lets the site's clock show this from the next greeting on. */
function setSiteClock({ site }: Workstation, time: number): void {
  const welcome = site.welcome;
  site.welcome = (hello) => ({ ...Object(welcome(hello)), time: formatTimestamp(time, 0) });
}

/** Seals a batch whose newest event ends at that time. */
function sealUntil({ outbox }: Workstation, end: number): void {
  const start = formatTimestamp(end - MINUTE, 0);
  outbox.add({ spans: [makeSpan({ start, end: formatTimestamp(end, 0) })] });
  const sealedAt = formatTimestamp(Math.min(end, BEGIN), 0);
  outbox.seal({ ...makeContext(), sealedAt });
}

const sent = ({ site }: Workstation) => site.received.map(({ batch }) => batch.seq);

test("what lies in the site's future waits until the site's time reaches it, and the others flow past", async () => {
  const workstation = await makeWorkstation();
  const { clock, start, states, outbox } = workstation;
  sealUntil(workstation, BEGIN + 30 * MINUTE);
  sealUntil(workstation, BEGIN);
  sealUntil(workstation, BEGIN + 4 * MINUTE);
  sealUntil(workstation, BEGIN + 20 * MINUTE);
  const sender = start();
  await until(() => states.at(-1)?.kind === "connected" && outbox.counts().sealed === 2);
  expect(sent(workstation)).toEqual([2, 3]);
  expect(sender.clockTrouble()).toContain("waits until that time comes (batches: 2)");
  clock.advance(16 * MINUTE - 1);
  expect(sent(workstation)).toEqual([2, 3]);
  clock.advance(1);
  await until(() => outbox.counts().sealed === 1);
  clock.advance(10 * MINUTE);
  await sender.flushed();
  expect(sent(workstation)).toEqual([2, 3, 4, 1]);
  expect(sender.clockTrouble()).toBe(null);
  // What waited was never refused, and never tried too early.
  expect(outbox.readDeadLetters()).toEqual([]);
});

test("a clock a year ahead is told in plain words, makes no timer run wild, and its batches wait", async () => {
  const workstation = await makeWorkstation();
  const { clock, start, states, outbox, lines } = workstation;
  const year = 365 * 24 * 60 * MINUTE;
  clock.jump(year);
  sealUntil(workstation, BEGIN + year);
  const sender = start();
  await until(() => states.at(-1)?.kind === "connected");
  expect(clock.nextDue()).toBeLessThanOrEqual(60 * MINUTE);
  expect(sender.clockTrouble()).toMatch(
    /^The clock of this machine is 525600 min ahead of the site's\. Set it right\./,
  );
  expect(lines.join("\n")).toContain("differs from the site's");
  expect([sent(workstation), outbox.counts().sealed]).toEqual([[], 1]);
});

test("once the clock is set right, what is recorded from then on is sent, and the trouble is over", async () => {
  const workstation = await makeWorkstation();
  const { clock, start, states } = workstation;
  clock.jump(10 * MINUTE);
  const sender = start();
  await until(() => states.at(-1)?.kind === "connected");
  expect(sender.clockTrouble()).toContain("10 min ahead");
  clock.jump(-10 * MINUTE);
  expect(sender.clockTrouble()).toBe(null);
  sealUntil(workstation, BEGIN);
  await sender.flushed();
  expect(sent(workstation)).toEqual([1]);
});

test("a clock that is behind is told as well, and keeps nothing back", async () => {
  const workstation = await makeWorkstation();
  const { start } = workstation;
  setSiteClock(workstation, BEGIN + 12 * MINUTE);
  sealUntil(workstation, BEGIN);
  const sender = start();
  await sender.flushed();
  expect(sender.clockTrouble()).toBe(
    "The clock of this machine is 12 min behind the site's. Set it right.",
  );
});

test("the site's clock is measured at each connection: what waited for a wrong one is sent", async () => {
  const workstation = await makeWorkstation();
  const { site, start, states, outbox, passWait } = workstation;
  setSiteClock(workstation, BEGIN - 60 * MINUTE);
  sealUntil(workstation, BEGIN);
  const sender = start();
  await until(() => states.at(-1)?.kind === "connected");
  expect([sent(workstation), outbox.counts().sent]).toEqual([[], 0]);
  setSiteClock(workstation, BEGIN);
  site.sockets.disconnectSockets(true);
  await passWait();
  await sender.flushed();
  expect(sent(workstation)).toEqual([1]);
});

test("before the site was ever met nothing is known of its clock, and nothing is said", async () => {
  const { site, start, states } = await makeWorkstation();
  site.greets = false;
  const sender = start();
  await until(() => states.length > 0);
  expect(sender.clockTrouble()).toBe(null);
});

test("the site's time is told while there is a connection, carried on by the steady clock, and not otherwise", async () => {
  const workstation = await makeWorkstation();
  const { site, clock, start, states } = workstation;
  setSiteClock(workstation, BEGIN - 60 * MINUTE);
  const sender = start();
  expect(sender.siteTime()).toBe(null);
  await until(() => states.at(-1)?.kind === "connected");
  expect(sender.siteTime()).toBe(BEGIN - 60 * MINUTE);
  clock.advance(MINUTE);
  clock.jump(24 * 60 * MINUTE);
  expect(sender.siteTime()).toBe(BEGIN - 59 * MINUTE);
  site.sockets.disconnectSockets(true);
  await until(() => states.at(-1)?.kind === "waiting");
  expect(sender.siteTime()).toBe(null);
});
