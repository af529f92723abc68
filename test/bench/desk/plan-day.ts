import type { Request } from "#agent/control/messages";
import { createRandom, type Random } from "#agent/simulator/random";

const SECOND = 1000;
/** A contact or a piece of desk work with what follows it, seconds. */
const SLOT = 380;
const CONTACTS = 60;
/** After so many contacts comes a piece of desk work that is cut into. */
const CONTACTS_PER_CASE = 10;
/** After these contacts a break of so many seconds: an hour of the eight. */
const breaks = new Map([
  [15, 900],
  [30, 1800],
  [45, 900],
]);
/** One window in front, seconds: about 500 changes in a shift, none too short to be played at speed. */
const windowRun = { median: 42, mean: 54, shortest: 10 };

/** Something that happens at the desk; `at` in milliseconds since the shift began. */
export type Step = { at: number } & (
  | { does: "window"; window: number }
  | { does: "state"; state: "available" | "on_contact" | "after_contact" | "break" }
  | { does: "command"; request: Request }
);

/**
 * A shift of eight hours as it reaches the agent: windows that come to the front, states of the telephone system, and
 * what the person says. The same each time.
 */
export function planDay(): Step[] {
  const random = createRandom("agent-day");
  const work: Step[] = [];
  let at = 0;
  for (let contact = 1; contact <= CONTACTS; contact++) {
    work.push(...planContact(at, contact, random));
    at += SLOT * SECOND;
    if (contact % CONTACTS_PER_CASE === 0) {
      work.push(...planCase(at));
      at += SLOT * SECOND;
    }
    const pause = breaks.get(contact);
    if (pause === undefined) continue;
    work.push({ at, does: "state", state: "break" });
    at += pause * SECOND;
  }
  return [...work, ...planWindows(work, at, random)].sort((a, b) => a.at - b.at);
}

function planContact(at: number, nth: number, random: Random): Step[] {
  const talk = within(random.lognormal(180, 230), 20, 280) * SECOND;
  const notes = within(random.lognormal(30, 45), 5, 60) * SECOND;
  const steps: Step[] = [
    { at, does: "state", state: "on_contact" },
    { at: at + talk, does: "state", state: "after_contact" },
    { at: at + talk + notes, does: "state", state: "available" },
  ];
  const say = (after: number, request: Request) =>
    void steps.push({ at: at + talk + after * SECOND, does: "command", request });
  if (nth % 20 === 7) say(2, { command: "mark", kind: "difficult_contact" });
  if (nth % 15 === 4) say(-5, { command: "mark", kind: "off_script" });
  if (nth % 30 === 11) {
    say(-15, { command: "mark", kind: "help_request" });
    say(-1, { command: "mark-end", kind: "help_request" });
  }
  return steps;
}

/** A case that a colleague's question cuts in two. */
function planCase(at: number): Step[] {
  const say = (after: number, request: Request): Step => ({
    at: at + after * SECOND,
    does: "command",
    request,
  });
  return [
    say(10, { command: "task-start", kind: "case", label: "dossier", origin: "imposed" }),
    say(130, { command: "mark", kind: "interrupt", label: "colleague" }),
    say(190, { command: "task-back" }),
    say(360, { command: "task-stop" }),
  ];
}

/** Another window each time, and none during a break. */
function planWindows(work: readonly Step[], end: number, random: Random): Step[] {
  const states = work.filter((step) => step.does === "state");
  const windows: Step[] = [];
  let at = 5 * SECOND;
  for (let window = 0; at < end; window++) {
    const state = states.findLast((step) => step.at <= at);
    const next = states.find((step) => step.at > at)?.at ?? end;
    if (state?.state === "break") at = next + SECOND;
    windows.push({ at, does: "window", window });
    const { median, mean, shortest } = windowRun;
    at += Math.max(shortest, random.lognormal(median, mean)) * SECOND;
  }
  return windows;
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
