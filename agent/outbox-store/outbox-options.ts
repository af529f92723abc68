import { type Clock, systemClock } from "../clock.ts";
import type { TellLoss } from "./committed-store.ts";
import { readFreeBytes } from "./disk-space.ts";
import type { OutboxLimits } from "./make-room.ts";

export interface OutboxOptions {
  limits?: OutboxLimits;
  clock?: Pick<Clock, "now" | "monotonic">;
  /** Told, in plain words, of what goes wrong with the store itself while the agent runs. */
  onLoss?: TellLoss;
  /** 32 bytes with which everything but batch numbers is encrypted on disk. */
  encryptionKey?: Buffer | undefined;
  /** Bytes of what left in the last day that stay to be looked at; 0 keeps none. */
  mirrorBytes?: number;
  /** Bytes still free where the folder is; null when that is not known. */
  freeBytes?: (folder: string) => number | null;
}

/** Two weeks of a busy desk are about 20 MB and 80,000 events. */
const defaultLimits: OutboxLimits = { bytes: 64 * 1024 * 1024, events: 500_000 };
const MIRROR_BYTES = 16 * 1024 * 1024;

/** The options with what was left out. */
export function completeOptions(options: OutboxOptions) {
  return {
    limits: options.limits ?? defaultLimits,
    clock: options.clock ?? systemClock,
    onLoss: options.onLoss ?? (() => {}),
    encryptionKey: options.encryptionKey,
    mirrorBytes: options.mirrorBytes ?? MIRROR_BYTES,
    freeBytes: options.freeBytes ?? readFreeBytes,
  };
}
