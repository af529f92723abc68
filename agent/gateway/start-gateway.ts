import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Sense } from "../control/messages.ts";
import { watchDisk } from "../watch-disk.ts";
import type { BucketDefinition } from "./bucket-definition.ts";
import { Buckets } from "./buckets.ts";
import { makeFingerprint } from "./fingerprint.ts";
import { makeForward, type Receivers } from "./forward.ts";
import { keepWritten } from "./keep-written.ts";
import { listenOnLoopback } from "./listen-on-loopback.ts";
import { watchRecording } from "./recording.ts";
import { type Categories, makeRedact, makeRestore } from "./redact.ts";
import { type GatewayStore, openGatewayStore } from "./store/store.ts";
import { forgetWindow, type Taking } from "./take-events.ts";

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
   * private, outside the hours, or focus switched off. Asked at each heartbeat.
   */
  recordingSince: () => number | null;
  /** The same for counts of input, which have a choice of their own. */
  inputSince: () => number | null;
  /** For how many days raw data are kept, by the charter. */
  rawDays: () => number;
  /** Buckets that watchers made while somebody else was here: watchers do so once, when they start. */
  definitions?: readonly BucketDefinition[] | undefined;
  /** What the person should know, in plain words. */
  say: (line: string) => void;
}

export interface Gateway {
  /** Where it listens, as `http://127.0.0.1:5600`; null when it does not. */
  readonly address: string | null;
  readonly state: Sense;
  /** What the person should know now; null when all is well. */
  trouble(): string | null;
  /** The buckets watchers count on, without their events: the `definitions` of the next gateway at this machine. */
  definitions(): readonly BucketDefinition[];
  /**
   * Takes a window (epoch milliseconds, half-open) out of what is kept, in memory and on disk: events in it go, those
   * that reach into it are cut, nothing merges across it and no part of it comes back. False when the disk refused:
   * it still holds the window then, and is written as soon as it can be.
   */
  forgetWindow(window: { from: number; to: number }): boolean;
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
  if ("reason" in opened) return unreadableGateway(opened.reason, options);
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
    recordings: {
      focus: watchRecording(options.recordingSince, clock.now),
      input: watchRecording(options.inputSince, clock.now),
    },
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
  if ("port" in listening) port = listening.port;
  else sayClosed(listening.reason, say);
  return {
    ...("port" in listening ? openAt(port) : closedFor(listening.reason)),
    trouble: () => disk.trouble() ?? loss,
    definitions: () => buckets.definitions(),
    forgetWindow({ from, to }) {
      forgetWindow(taking, { from: from * 1000, to: to * 1000 });
      return writer.flush();
    },
    async stop() {
      if ("port" in listening) await listening.close();
      forward.clear();
      writer.close();
    },
  };
}

type Kept = { buckets: Buckets; store: GatewayStore; loss: string | null } | { reason: string };

function openKept({ folder, encryptionKey, definitions }: GatewayOptions): Kept {
  try {
    const store = openGatewayStore(folder, encryptionKey);
    let damaged = 0;
    const kept = store.read(() => {
      damaged += 1;
    });
    const buckets = new Buckets(randomUUID(), kept, definitions);
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

/** What was kept stays as it is: nothing of it can be read, so nothing can be taken out of it either. */
function unreadableGateway(reason: string, { say, definitions = [] }: GatewayOptions): Gateway {
  sayClosed(reason, say);
  return {
    ...closedFor(reason),
    trouble: () => null,
    definitions: () => definitions,
    forgetWindow: () => false,
    stop: async () => {},
  };
}

function openAt(port: number): Pick<Gateway, "address" | "state"> {
  return { address: `http://127.0.0.1:${port}`, state: { state: "sensed" } };
}

function closedFor(reason: string): Pick<Gateway, "address" | "state"> {
  return { address: null, state: { state: "unsupported", reason } };
}

function sayClosed(reason: string, say: (line: string) => void): void {
  say(`The ActivityWatch gateway does not listen: ${reason}. Everything else goes on.`);
}
