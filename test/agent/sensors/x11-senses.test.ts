import { execFileSync } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { makeCategorise } from "#agent/sensors/application-rules";
import type { InputKind } from "#agent/sensors/sensor";
import { watchDesk } from "#agent/sensors/watch-desk";
import { shareX11, type X11Display } from "#agent/sensors/x11/connect";
import { startX11InputAge } from "#agent/sensors/x11/input-age";
import { startX11Input } from "#agent/sensors/x11/input-counts";
import { openVirtualDesktop, type VirtualDesktop } from "#test/bench/desk/virtual-desktop";
import { makeHeard } from "./heard.ts";

const missing = "no Xvfb, openbox, xterm and xdotool here";
let open: VirtualDesktop[] = [];

afterEach(() => {
  for (const desktop of open) desktop.close();
  open = [];
});

async function openDesktop(applications: readonly string[]): Promise<VirtualDesktop | null> {
  const desktop = await openVirtualDesktop(applications);
  if (desktop) open.push(desktop);
  return desktop;
}

function xdotool({ display }: VirtualDesktop, ...words: string[]): string {
  const env = { ...process.env, DISPLAY: display };
  return execFileSync("xdotool", words, { env, encoding: "utf8", timeout: 20_000 }).trim();
}

function shareDesktop({ display }: VirtualDesktop): X11Display {
  return shareX11({ display, clock: systemClock });
}

test("real windows on a real X server tell their category when they come to the front", async (context) => {
  const desktop = await openDesktop(["OurCrm", "Thunderbird", "Zorglub"]);
  if (!desktop) return context.skip(missing);
  const crm = xdotool(desktop, "search", "--onlyvisible", "--class", "OurCrm").split("\n")[0] ?? "";
  xdotool(desktop, "set_window", "--name", "Customer Zephyrine", crm);
  const heard = makeHeard<string | null>();
  const lines: string[] = [];
  const watch = watchDesk({
    desktop: { platform: "linux", display: desktop.display, sessionType: "x11" },
    clock: systemClock,
    random: Math.random,
    zone: "Europe/Paris",
    categorise: makeCategorise([
      { category: "crm", applications: ["ourcrm"] },
      { category: "mail", applications: ["thunderbird*"] },
    ]),
    onCategory: heard.hear,
    onPresence: () => {},
    onLocked: () => {},
    onTally: () => {},
    say: (line) => lines.push(line),
  });
  watch.setWanted({ focus: true, input: false, lock: false });
  for (const [nth, category] of ["crm", "mail", "other", "crm"].entries()) {
    desktop.showWindow(nth % 3);
    await heard.until((told) => told.at(-1) === category);
  }
  expect(watch.state.applications).toEqual({ state: "sensed" });
  expect(watch.state.input).toEqual({ state: "off" });
  expect(JSON.stringify([heard.told, lines])).not.toMatch(/Zorglub|Zephyrine|OurCrm/i);
  watch.stop();
  expect(heard.told.at(-1)).toBe(null);
  expect(watch.state.applications).toEqual({ state: "off" });
});

test("three keys, a click and two turns of the wheel count as exactly that, and as nothing once it is off", async (context) => {
  const desktop = await openDesktop(["OurCrm"]);
  if (!desktop) return context.skip(missing);
  const heard = makeHeard<InputKind>();
  const display = shareDesktop(desktop);
  const started = await startX11Input({ display, onInput: heard.hear, onEnd: () => {} });
  expect(started.state).toEqual({ kind: "available" });
  xdotool(desktop, "key", "a", "b", "Return");
  xdotool(desktop, "click", "1");
  xdotool(desktop, "click", "4", "click", "5");
  await heard.until((told) => told.length >= 6);
  // Whatever would count twice has come by the time this answers.
  const still = await display.open(() => {});
  if (!("ask" in still) || !("stop" in started)) throw new Error("the display did not open");
  await still.ask<number>((done) => still.client.InternAtom(false, "WM_CLASS", done));
  expect(heard.told).toEqual(["key", "key", "key", "click", "scroll", "scroll"]);

  started.stop();
  xdotool(desktop, "key", "c");
  await still.ask<number>((done) => still.client.InternAtom(false, "WM_CLASS", done));
  expect(heard.told).toHaveLength(6);
});

test("a key held down counts once", async (context) => {
  const desktop = await openDesktop(["OurCrm"]);
  if (!desktop) return context.skip(missing);
  const heard = makeHeard<InputKind>();
  const display = shareDesktop(desktop);
  await startX11Input({ display, onInput: heard.hear, onEnd: () => {} });
  xdotool(desktop, "keydown", "a", "sleep", "1.5", "keyup", "a", "key", "b");
  await heard.until((told) => told.length >= 2);
  expect(heard.told).toEqual(["key", "key"]);
});

test("how long ago the last input was starts over with an input", async (context) => {
  const desktop = await openDesktop(["OurCrm"]);
  if (!desktop) return context.skip(missing);
  const started = await startX11InputAge({ display: shareDesktop(desktop) });
  if (!("read" in started)) throw new Error("the age of input is not told");
  const read = async () => (await started.read()) ?? Number.NaN;
  xdotool(desktop, "key", "a");
  for (let age = 0; age < 200; age = await read())
    await new Promise((resolve) => setTimeout(resolve, 50));
  xdotool(desktop, "key", "a");
  expect(await read()).toBeLessThan(200);
  started.stop();
});

test("an X server that dies takes the senses with it, not the agent; a display that is not there is said once", async (context) => {
  const desktop = await openDesktop(["OurCrm"]);
  if (!desktop) return context.skip(missing);
  const heard = makeHeard<string | null>();
  const lines = makeHeard<string>();
  const watch = watchDesk({
    desktop: { platform: "linux", display: desktop.display, sessionType: "x11" },
    clock: systemClock,
    random: () => 0,
    zone: "Europe/Paris",
    categorise: () => "crm",
    onCategory: heard.hear,
    onPresence: () => {},
    onLocked: () => {},
    onTally: () => {},
    say: lines.hear,
  });
  watch.setWanted({ focus: true, input: true, lock: false });
  desktop.showWindow(0);
  await heard.until((told) => told.at(-1) === "crm");
  desktop.close();
  await heard.until((told) => told.at(-1) === null);
  await lines.until((told) => told.some((line) => line.startsWith("Input is not counted")));
  expect(watch.state.applications.state).toBe("unsupported");
  watch.stop();
  expect(new Set(lines.told).size).toBe(lines.told.length);
});
