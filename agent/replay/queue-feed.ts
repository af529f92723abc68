import { HALF_HOUR_MS, type QueueRow } from "#schema/queue";
import { formatInZone } from "#schema/time";

/** One call that reached the agents' side, without a trace of who called or answered. */
export interface Arrival {
  queue: string;
  /** Epoch ms. */
  at: number;
  answered: boolean;
  handleSeconds: number;
}

/** Adds calls up by queue and half hour, in order of time, then of queue. */
export function countQueue(arrivals: readonly Arrival[], zone: string): QueueRow[] {
  const rows = new Map<string, QueueRow & { at: number }>();
  for (const { queue, at, answered, handleSeconds } of arrivals) {
    const start = Math.floor(at / HALF_HOUR_MS) * HALF_HOUR_MS;
    const key = `${start} ${queue}`;
    const row = rows.get(key) ?? {
      at: start,
      queue,
      start: formatInZone(start, zone),
      offered: 0,
      answered: 0,
      handleSeconds: 0,
    };
    row.offered += 1;
    row.answered += answered ? 1 : 0;
    row.handleSeconds += handleSeconds;
    rows.set(key, row);
  }
  return [...rows.values()]
    .sort((a, b) => a.at - b.at || (a.queue < b.queue ? -1 : 1))
    .map(({ at: _, ...row }) => row);
}
