import type { CommittedStore } from "./committed-store.ts";
import { readOldestSealedAt } from "./sealed-queue.ts";

/** Gives how much waits in a store. Cheap: it reads one record after a change, and none otherwise. */
export function makeWaitingCounter(store: CommittedStore) {
  let oldest = { of: store.state, sealedAt: readOldestSealedAt(store.tables) };
  return () => {
    const { state } = store;
    if (oldest.of !== state) oldest = { of: state, sealedAt: readOldestSealedAt(store.tables) };
    const { open, sealed, sealedEvents, sent, dead, mirror, lostUnnumbered } = state;
    return {
      open,
      sealed,
      sealedEvents,
      /** Of the sealed ones, those that may be at the site already. */
      sent,
      /** Of open and sealed events together. */
      bytes: state.openBytes + state.sealedBytes,
      dead,
      mirror,
      gaps: [...state.gaps],
      lostUnnumbered,
      oldestSealedAt: oldest.sealedAt,
    };
  };
}
