import type { Clock } from "../clock.ts";
import type { Presence } from "../work/layers.ts";
import { lookEvery } from "./look-every.ts";
import { watchSigns } from "./watch-signs.ts";

const LOOK_MS = 15_000;
/** Whoever comes back is noticed sooner than whoever leaves: a look costs a fraction of a millisecond. */
const LOOK_WHILE_AWAY_MS = 2_000;
/** No input for so long: nobody is at the desk. */
const AWAY_MS = 180_000;

/** Asks how long ago the last input was, in milliseconds; null when that is not told any more. */
type ReadAge = () => Promise<number | null>;

export interface PresenceWatch {
  readonly now: Presence;
  /** Null when the lock is not sensed. */
  lock(isLocked: boolean | null): void;
  /** What to ask from now on; null when input is not sensed. */
  age(read: ReadAge | null): void;
  /** What a watcher at the gateway says; it counts where input is not sensed here. Null when it says nothing. */
  gateway(isAway: boolean | null): void;
  /** Another application came to the front; false when nothing tells any more what is in front. */
  front(isTold: boolean): void;
}

/**
 * Tells whether somebody is at the desk, when that changes: noticed at most 15 s late, and as of then. When the last
 * input was is compared with three minutes, and kept nowhere. Where neither this machine nor a watcher tells of input,
 * a quarter of an hour with the same application in front counts as away, until the next change: else a desk that was
 * left would be work until the next day.
 */
export function watchPresence(options: {
  clock: Clock;
  onPresence: (presence: Presence) => void;
  /** The age of the last input is not told any more. */
  onAgeLost: () => void;
  /** It was told, and `onPresence` called if that changed anything. */
  onAgeTold?: () => void;
}): PresenceWatch {
  let now: Presence = null;
  let isLocked: boolean | null = null;
  let ownAway: boolean | null = null;
  let gatewayAway: boolean | null = null;
  let isFrontTold = false;
  /** What input told last. */
  let known: boolean | null = null;
  let stopLooking = () => {};
  let turn = 0;

  const signs = watchSigns(options.clock, tell);
  function tell(): void {
    // What input told up to this moment, should it tell nothing from now on.
    if (known !== null) (known ? signs.gone : signs.seen)();
    known = ownAway ?? gatewayAway;
    const isBySigns = known === null && isFrontTold;
    signs.setOn(isBySigns);
    const isAway = isBySigns ? signs.isUnseen : known;
    const next = isLocked ? "locked" : isAway === null ? null : isAway ? "away" : "here";
    if (next === now) return;
    now = next;
    options.onPresence(next);
  }
  function age(read: ReadAge | null): void {
    turn += 1;
    const mine = turn;
    stopLooking();
    stopLooking = () => {};
    ownAway = null;
    if (read === null) {
      tell();
      return;
    }
    async function look(ask: ReadAge): Promise<void> {
      const milliseconds = await ask();
      if (mine !== turn) return;
      if (milliseconds === null) throw new Error("the age of the last input is not told");
      ownAway = milliseconds >= AWAY_MS;
      tell();
      options.onAgeTold?.();
    }
    function lose(): void {
      if (mine !== turn) return;
      age(null);
      options.onAgeLost();
    }
    function keepLooking(ask: ReadAge): void {
      if (mine !== turn) return;
      const wasAway = ownAway;
      const every = wasAway ? LOOK_WHILE_AWAY_MS : LOOK_MS;
      const lookAgain = async () => {
        await look(ask);
        if (mine !== turn || ownAway === wasAway) return;
        stopLooking();
        keepLooking(ask);
      };
      stopLooking = lookEvery(options.clock, every, lookAgain, lose);
    }
    look(read).then(() => keepLooking(read), lose);
  }

  return {
    get now() {
      return now;
    },
    lock(next) {
      if (isLocked === true && next === false) signs.seen();
      isLocked = next;
      tell();
    },
    age,
    gateway(next) {
      gatewayAway = next;
      tell();
    },
    front(isTold) {
      isFrontTold = isTold;
      if (isTold) signs.seen();
      tell();
    },
  };
}
