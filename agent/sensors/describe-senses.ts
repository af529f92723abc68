import type { Sense } from "../control/messages.ts";
import { UNSEEN_MINUTES } from "./watch-signs.ts";

const BY_WATCHER: Sense = { state: "sensed", reason: "by an ActivityWatch watcher" };

/** What a sense can do, where a watcher at the gateway may stand in for a blind one. */
export function orWatcher(own: Sense, isByWatcher: boolean): Sense {
  return isByWatcher && isBlind(own) ? BY_WATCHER : own;
}

/** Where nothing tells of input, what is in front has to tell whether somebody is there. */
export function describeAway(age: Sense, isFrontTold: boolean): Sense {
  if (!isFrontTold || !isBlind(age)) return age;
  return {
    state: "sensed",
    reason: `only by ${UNSEEN_MINUTES} minutes without another window: ${age.reason}`,
  };
}

/** Two senses tell whether somebody is there; one of them is worth having. */
export function describePresence(away: Sense, lock: Sense): Sense {
  if (away.state === "off" && lock.state === "sensed")
    return { state: "off", reason: "the lock alone is watched, and not recorded" };
  if (away.state === "off" || lock.state === "off") return away;
  const ofLock = lock.reason && `the lock ${lock.reason}`;
  if (away.state === "sensed")
    return sensed(away.reason, lock.state === "sensed" ? ofLock : `not the lock: ${lock.reason}`);
  if (lock.state === "sensed") return sensed(`the lock alone: ${away.reason}`, ofLock);
  return away;
}

function isBlind({ state }: Sense): boolean {
  return state !== "sensed" && state !== "off";
}

function sensed(...parts: (string | undefined)[]): Sense {
  const reasons = parts.filter((part) => part !== undefined);
  return { state: "sensed", ...(reasons.length > 0 && { reason: reasons.join("; ") }) };
}
