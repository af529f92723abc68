import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Sense } from "../control/messages.ts";
import { watchDisk } from "../watch-disk.ts";
import { Buckets } from "./buckets.ts";
import { makeFingerprint } from "./fingerprint.ts";
import { makeForward, type Receivers } from "./forward.ts";
import { keepWritten } from "./keep-written.ts";
import { listenOnLoopback } from "./listen-on-loopback.ts";
import { watchRecording } from "./recording.ts";
import { type Categories, makeRedact, makeRestore } from "./redact.ts";
import { type GatewayStore, openGatewayStore } from "./store/store.ts";
import type { Taking } from "./take-events.ts";

/** Where watchers of ActivityWatch look. */
const USUAL_PORT = 5600;

export interface GatewayOptions extends Receivers, Categories {
  folder: string;
  /** 32 bytes: what is kept can be read with it alone. Without, it is plain text that only its owner may read. */
  encryptionKey?: Buffer | undefined;
  /** The port that was asked for (0: any that is free); null: the usual one. */
  port: number | null;
  hostname: string;
  clock: Clock;
  /**
   * Epoch milliseconds since when window events may be recorded without a break; null while they may not: paused,
   * private, outside the hours, signed out, or focus switched off. Asked at each heartbeat.
   */
  recordingSince: () => number | null;
  /** For how many days raw data are kept, by the charter. */
  rawDays: () => number;
  /** What the person should know, in plain words. */
  say: (line: string) => void;
}

export interface Gateway {
  /** Where it listens, as `http://127.0.0.1:5600`; null when it does not. */
  readonly address: string | null;
  readonly state: Sense;
  /** What the person should know now; null when all is well. */
  trouble(): string | null;
  /** Answers nobody any more, and writes what is open. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway on 127.0.0.1 to which watchers of ActivityWatch report as to its own server. A port that is taken
 * and a file that cannot be read are no reason to throw: `state` says why it does not listen.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, say } = options;
  const disk = watchDisk(say);
  const opened = openKept(options);
  if ("reason" in opened) return closedGateway(opened.reason, say);
  const { buckets, store, loss } = opened;
  if (loss) say(loss);
  const writer = keepWritten({
    isDamaged: loss !== null,
    buckets,
    store,
    clock,
    rawDays: options.rawDays,
    write: disk.write,
  });
  const forward = makeForward(options, clock);
  const taking: Taking = {
    buckets,
    forward,
    recording: watchRecording(options.recordingSince, clock.now),
    redact: makeRedact(options),
    fingerprint: makeFingerprint(),
    now: clock.now,
  };
  // Loaded only here: an agent without a gateway does without.
  const { makeGatewayApp } = await import("./routes/gateway-app.ts");
  let port = 0;
  const app = makeGatewayApp({
    ...{ taking, writer, say, hostname: options.hostname },
    restore: makeRestore(options),
    port: () => port,
  });
  const listening = await listenOnLoopback(app.fetch, options.port ?? USUAL_PORT);
  if ("reason" in listening) {
    writer.close();
    return closedGateway(listening.reason, say);
  }
  port = listening.port;
  return {
    address: `http://127.0.0.1:${port}`,
    state: { state: "sensed" },
    trouble: () => disk.trouble() ?? loss,
    async stop() {
      await listening.close();
      forward.clear();
      writer.close();
    },
  };
}

type Kept = { buckets: Buckets; store: GatewayStore; loss: string | null } | { reason: string };

function openKept({ folder, encryptionKey }: GatewayOptions): Kept {
  try {
    const store = openGatewayStore(folder, encryptionKey);
    let damaged = 0;
    const kept = store.read(() => {
      damaged += 1;
    });
    const buckets = new Buckets(randomUUID(), kept);
    const loss =
      damaged === 0
        ? null
        : "Some of what the ActivityWatch gateway had kept could not be read. It was removed; the rest goes on.";
    return { store, buckets, loss };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return { reason: `what it had kept cannot be read (${code})` };
  }
}

function closedGateway(reason: string, say: (line: string) => void): Gateway {
  say(`The ActivityWatch gateway does not listen: ${reason}. Everything else goes on.`);
  return {
    address: null,
    state: { state: "unsupported", reason },
    trouble: () => null,
    stop: async () => {},
  };
}
