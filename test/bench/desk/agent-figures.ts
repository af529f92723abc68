import type { Figure } from "../benchmark.ts";
import type { StoreKind } from "../site/fresh-store.ts";
import type { Traffic } from "./count-traffic.ts";
import type { Usage } from "./process-usage.ts";

/** What an agent took of machine and network while it recorded. */
export interface Taken {
  /** By the agent's own clock. */
  hours: number;
  usage: Usage;
  traffic: Traffic;
  /** Null where they could not be counted. */
  syncs: number | null;
  /** Events that came of it. */
  events: number;
}

/** The names of the figures that every measurement of an agent has. */
export function takenNames(prefix: string): string[] {
  return ["cpu", "core", "rss", "writes", "fsyncs", "uplink", "downlink"].map(
    (name) => `${prefix}-${name}`,
  );
}

/** The same figures, for an hour where they grow with time. */
export function takenFigures(prefix: string, store: StoreKind, taken: Taken): Figure[] {
  const { hours, usage, traffic, syncs, events: n } = taken;
  const figure = (name: string, value: number, unit: string): Figure => ({
    ...{ name: `${prefix}-${name}`, store, value, unit, n },
  });
  const seconds = hours * 3600;
  return [
    figure("cpu", usage.processorSeconds / hours, "CPU s/h"),
    figure("core", (100 * usage.processorSeconds) / seconds, "% of a core"),
    figure("rss", usage.peakMegabytes, "MB"),
    figure("writes", usage.writtenBytes / hours, "bytes/h"),
    ...(syncs === null ? [] : [figure("fsyncs", syncs / seconds, "1/s")]),
    figure("uplink", traffic.sent / hours, "bytes/h"),
    figure("downlink", traffic.received / hours, "bytes/h"),
  ];
}
