import type { Change } from "./change.ts";
import { dropOpen } from "./open-queue.ts";
import { dropSealed } from "./sealed-queue.ts";

export interface OutboxLimits {
  bytes: number;
  events: number;
}

/**
 * Full: the oldest sealed batches go first and are named in a gap; events that have no number yet go last and are
 * counted. The `keep` newest sealed batches stay.
 */
export function makeRoom(change: Change, limits: OutboxLimits, keep: number): void {
  const { tables, state } = change;
  const isFull = () =>
    state.openBytes + state.sealedBytes > limits.bytes ||
    state.open + state.sealedEvents > limits.events;
  while (isFull()) {
    const [oldest] = state.sealed > keep ? [...tables.sealed.getKeys({ limit: 1 })] : [];
    if (oldest) {
      dropSealed(change, ...oldest, "full");
      continue;
    }
    const [first] = state.open > 0 ? [...tables.open.getRange({ limit: 1 })] : [];
    if (!first) return;
    dropOpen(change, { number: first.key, size: first.value.length, entry: null });
    state.lostUnnumbered += 1;
  }
}
