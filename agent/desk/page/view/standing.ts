import type { Status } from "#agent/control/messages";

/** An answer older than this says nothing of the present. */
const FRESH_MS = 5000;

/** A status, and when (on a clock that never jumps, in ms) it was asked for. */
export interface Heard {
  status: Status;
  askedAt: number;
}

/** What can be said now: what the agent says, that it is being asked, or that it is silent. */
export type Standing = { kind: "told"; status: Status } | { kind: "asking" } | { kind: "silent" };

/**
 * Whether the agent has told its state of now. Counted from when it was asked: the answer may have been on its way.
 * @param since when the asking began; until an answer is due, nothing is wrong yet
 */
export function standingOf(heard: Heard | null, since: number, now: number): Standing {
  if (heard && now - heard.askedAt < FRESH_MS) return { kind: "told", status: heard.status };
  return { kind: now - since < FRESH_MS ? "asking" : "silent" };
}

/** The light: on if and only if the agent says now that it records; off only when it says that it does not. */
export function lampOf(standing: Standing): "on" | "off" | "unknown" {
  if (standing.kind !== "told") return "unknown";
  return standing.status.recording === "on" ? "on" : "off";
}
