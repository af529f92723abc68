import { expect, test, vi } from "vitest";
import { createStreamPair } from "x11/lib/xserver/index.js";
import { systemClock } from "#agent/clock";
import { shareX11 } from "#agent/sensors/x11/connect";
import { startX11InputAge } from "#agent/sensors/x11/input-age";
import { startX11Input } from "#agent/sensors/x11/input-counts";
import { startX11Window } from "#agent/sensors/x11/window";
import { makeManualClock } from "../manual-clock.ts";
import { makeHeard } from "./heard.ts";
import { listenIn, makeDesktop } from "./window-maker.ts";

const onEnd = () => {};

async function watch(desktop: Awaited<ReturnType<typeof makeDesktop>>) {
  const heard = makeHeard<string | null>();
  const display = shareX11({ display: ":9", clock: systemClock, connect: desktop.connect });
  const started = await startX11Window({ display, onApplication: heard.hear, onEnd });
  return { ...heard, started };
}

test("the application in front is told at once when it changes, each change once", async () => {
  const desktop = await makeDesktop();
  const crm = desktop.open("OurCrm");
  const mail = desktop.open("Thunderbird");
  desktop.activate(crm);
  await desktop.client.sync();
  const { told, until, started } = await watch(desktop);
  expect(started.state).toEqual({ kind: "available" });
  desktop.activate(mail);
  desktop.activate(mail);
  await until((all) => all.length === 2);
  desktop.activate(0);
  await until((all) => all.length === 3);
  desktop.activate(crm);
  await until((all) => all.length === 4);
  expect(told).toEqual(["OurCrm", "Thunderbird", null, "OurCrm"]);
});

test("a window without a class, and one that closes while it is asked about, break nothing", async () => {
  const desktop = await makeDesktop();
  const { told, until } = await watch(desktop);
  const nameless = desktop.open(null);
  const gone = desktop.open("Gone");
  const crm = desktop.open("OurCrm");
  desktop.activate(nameless);
  await until((all) => all.length === 2);
  desktop.close(gone);
  desktop.activate(gone);
  desktop.activate(crm);
  await until((all) => all.at(-1) === "OurCrm");
  expect(told[1]).toBe("");
});

test("titles are never asked for", async () => {
  const desktop = await makeDesktop();
  const stream = desktop.connect();
  const sent = listenIn(stream);
  const { until } = await watch({ ...desktop, connect: () => stream });
  desktop.activate(desktop.open("OurCrm"));
  await until((all) => all.length === 2);
  const GET_PROPERTY = 20;
  const { WM_NAME = -1 } = desktop.client.atoms;
  const requests = sent.filter((data) => data[0] === GET_PROPERTY);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.map((data) => data.readUInt32LE(8))).not.toContain(WM_NAME);
  expect(Buffer.concat(sent).toString("latin1")).not.toContain("_NET_WM_NAME");
});

test("no display, or none that answers, is told as a reason and not as silence", async () => {
  const none = shareX11({ display: undefined, clock: systemClock });
  const started = await startX11Window({ display: none, onApplication: () => {}, onEnd });
  expect(started.state).toEqual({
    kind: "unsupported",
    reason: "there is no X11 display (DISPLAY is not set)",
  });
  const clock = makeManualClock();
  const [stream] = createStreamPair();
  const deaf = shareX11({ display: ":9", clock, connect: () => stream });
  const starting = startX11Window({ display: deaf, onApplication: () => {}, onEnd });
  while (clock.nextDue() === null) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(5_000);
  expect((await starting).state).toEqual({
    kind: "unsupported",
    reason: "the X11 display cannot be reached",
  });
});

test("a display whose name makes no sense is a reason too", async () => {
  const display = shareX11({ display: "what?", clock: systemClock });
  const started = await startX11Window({ display, onApplication: () => {}, onEnd });
  expect(started.state).toEqual({
    kind: "unsupported",
    reason: "the X11 display cannot be reached",
  });
});

test("a display that goes away is told to all who sense there, and can be opened again", async () => {
  const desktop = await makeDesktop();
  const streams = [desktop.connect(), desktop.connect()];
  const connect = () => streams.shift() ?? desktop.connect();
  const [first] = streams;
  const display = shareX11({ display: ":9", clock: systemClock, connect });
  const reasons = makeHeard<string>();
  await startX11Window({ display, onApplication: () => {}, onEnd: reasons.hear });
  const other = await display.open(reasons.hear);
  first?.emit("end");
  await reasons.until((all) => all.length === 2);
  expect(reasons.told).toEqual(["the X11 display went away", "the X11 display went away"]);
  // Given back late, it takes nothing from whoever opened the display anew.
  const again = await display.open(reasons.hear);
  if ("release" in other) other.release();
  if (!("ask" in again)) throw new Error("the display did not open again");
  const atom = await again.ask<number>((done) => again.client.InternAtom(false, "WM_CLASS", done));
  expect(atom).toBeGreaterThan(0);
});

test("all senses of a display share one connection, closed with the last of them", async () => {
  const desktop = await makeDesktop();
  const closings: ReturnType<typeof vi.spyOn>[] = [];
  const connect = () => {
    const stream = desktop.connect();
    closings.push(vi.spyOn(stream, "end"));
    return stream;
  };
  const display = shareX11({ display: ":9", clock: systemClock, connect });
  const [one, other] = await Promise.all(
    [1, 2].map(() => startX11Window({ display, onApplication: () => {}, onEnd })),
  );
  expect(closings).toHaveLength(1);
  if (one && "stop" in one) one.stop();
  expect(closings[0]).not.toHaveBeenCalled();
  if (other && "stop" in other) other.stop();
  expect(closings[0]).toHaveBeenCalledOnce();
});

test("a display that knows nothing of input says so: no figure, no zero", async () => {
  const desktop = await makeDesktop();
  const display = shareX11({ display: ":9", clock: systemClock, connect: desktop.connect });
  expect((await startX11InputAge({ display })).state).toEqual({
    kind: "unsupported",
    reason: "this X11 display does not say when the last input was",
  });
  expect((await startX11Input({ display, onInput: () => {}, onEnd })).state).toEqual({
    kind: "unsupported",
    reason: "this X11 display does not let input be counted (it lacks XInput 2)",
  });
});
