import type { Clock } from "../clock.ts";
import type { CommittedStore } from "./committed-store.ts";
import { DiskFull } from "./disk-space.ts";
import { type HoldMoment, makeHoldClock } from "./hold-clock.ts";
import { findAhead, restampOpen } from "./open-queue.ts";

/** The time by which the events of a store are held back, going on where an earlier run left it. */
export function openHeldTime(store: CommittedStore, clock: Pick<Clock, "now" | "monotonic">) {
  const now = makeHoldClock(clock, store.state.held);
  const begun = now();
  const ahead = findAhead(store.tables, begun);
  if (ahead.length > 0) store.commit((change) => restampOpen(change, ahead, begun));
  const moment = (): HoldMoment => ({ hold: now(), wall: clock.now() });
  return {
    now,
    /** What is stored with each event, so that a later run goes on from there. */
    moment,
    /** Stores how far it has come, for the events still held. On a full disk it goes on from the last event. */
    keep(): void {
      const held = moment();
      if (store.state.open === 0) return;
      try {
        store.commit(({ state }) => {
          state.held = held;
        });
      } catch (error) {
        if (!(error instanceof DiskFull)) throw error;
      }
    },
  };
}
