import { type Ack, ack as ackSchema } from "#schema/batch";
import {
  type CharterInForce,
  challenge as challengeSchema,
  charterInForce,
  type StoredQuery,
  type StoredReply,
  storedReply,
  welcome as welcomeSchema,
} from "#schema/live";
import { millisecondsOf } from "#schema/time";
import { answerWithin, NoAnswer } from "./ask.ts";
import { nextDelay } from "./backoff.ts";
import { isCharterIntact } from "./charter-guard.ts";
import type { Clock } from "./clock.ts";
import { type Identity, signHello } from "./identity.ts";
import type { Outbox } from "./outbox.ts";
import type { SealedBatch } from "./seal-batch.ts";
import { makeSendQueue } from "./send-queue.ts";
import { type AgentSocket, makeSocket } from "./server-connection.ts";

/** Batches sent and not yet answered, at most. */
const WINDOW = 4;
const GREETING_TIMEOUT_MS = 15_000;
const ACK_TIMEOUT_MS = 30_000;
/** A connection that held this long was a good one: the next wait starts small. */
const GOOD_CONNECTION_MS = 60_000;
const TOLD_SKEW_MS = 60_000;
const OUTBOX_TROUBLE_MS = 60_000;

export type SenderState =
  | { kind: "connecting" | "connected" | "stopped" }
  /** Tries again by itself. */
  | { kind: "waiting"; message: string }
  /** The site does not take this workstation any more. Recording goes on, sending does not; a person must act. */
  | { kind: "refused"; message: string };

export interface SenderOptions {
  server: string;
  identity: Identity;
  outbox: Outbox;
  clock: Clock;
  /** Gives a number in [0, 1). */
  random: () => number;
  /** States only: no line may hold what was recorded. */
  log: (line: string) => void;
  onAck?: (batch: SealedBatch, ack: Ack) => void;
  onState?: (state: SenderState) => void;
  /** Called before the outbox adopts it, so that open events can still be sealed under the one before. */
  onCharter?: (charter: CharterInForce) => void;
  socketFactory?: (server: string) => AgentSocket;
}

export interface Sender {
  readonly state: SenderState;
  /** Ends sending. What was not acknowledged stays in the outbox. */
  stop(): Promise<void>;
  /** Done when the outbox holds no sealed batch any more; fails when the site refuses us or on `stop`. */
  flushed(): Promise<void>;
  /** What the server holds of this workstation in a window. Waits for a connection. */
  readStored(query: StoredQuery): Promise<StoredReply>;
}

/**
 * Brings sealed batches to the site, for ever: each is removed from the outbox only once the site says it is stored.
 * What the site refuses goes to the dead letters; anything else, also an answer we do not know, is tried again.
 */
export function startSender(options: SenderOptions): Sender {
  const { identity, outbox, clock, random, log } = options;
  const queue = makeSendQueue(clock, random);
  const running = new Set<Promise<void>>();
  const flushWaiters: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const welcomeWaiters: { resolve: (socket: AgentSocket) => void; reject: (e: Error) => void }[] =
    [];
  let state: SenderState = { kind: "connecting" };
  let attempt = 0;
  let current: { socket: AgentSocket; welcomedAt: number | null } | null = null;
  let cancelReconnect = () => {};
  let cancelPump = () => {};
  let cancelGreeting = () => {};

  function enter(next: SenderState): void {
    state = next;
    options.onState?.(next);
    if (next.kind !== "refused" && next.kind !== "stopped") return;
    const error = new Error(next.kind === "refused" ? next.message : "sending was stopped");
    for (const { reject } of [...flushWaiters.splice(0), ...welcomeWaiters.splice(0)])
      reject(error);
  }

  function connect(): void {
    enter({ kind: "connecting" });
    const socket = (options.socketFactory ?? makeSocket)(options.server);
    const connection = { socket, welcomedAt: null };
    current = connection;
    cancelGreeting = clock.after(GREETING_TIMEOUT_MS, () => {
      if (current === connection && current.welcomedAt === null)
        fail("the server did not greet us");
    });
    socket.on("challenge", (received) => {
      track(greet(socket, received), socket);
    });
    socket.on("charter", (received) => {
      track(
        Promise.resolve().then(() => adoptCharter(charterInForce.parse(received))),
        socket,
      );
    });
    socket.on("disconnect", (reason) => current?.socket === socket && fail(reason));
    socket.on("connect_error", (error) => current?.socket === socket && fail(error.message));
    socket.connect();
  }

  /** Ends the connection and comes back later. */
  function fail(reason: string): void {
    const since = current?.welcomedAt ?? null;
    const lasted = since === null ? 0 : clock.monotonic() - since;
    hangUp();
    if (lasted > GOOD_CONNECTION_MS) attempt = 0;
    const delay = nextDelay(attempt, random);
    attempt += 1;
    enter({ kind: "waiting", message: `Not connected (${reason}). Trying again by itself.` });
    log(`not connected (${reason}), next try in ${Math.ceil(delay / 1000)} s`);
    cancelReconnect = clock.after(delay, connect);
  }

  function hangUp(): void {
    const socket = current?.socket;
    current = null;
    cancelPump();
    cancelGreeting();
    socket?.disconnect();
    socket?.removeAllListeners();
  }

  async function greet(socket: AgentSocket, received: unknown): Promise<void> {
    cancelGreeting();
    const challenge = challengeSchema.parse(received);
    if (challenge.site !== identity.site)
      throw new Error("another site answers at this address; nothing is sent to it");
    const hello = signHello(identity, outbox.epoch, challenge);
    const answer = await answerWithin(
      clock,
      GREETING_TIMEOUT_MS,
      socket.emitWithAck("hello", hello),
    );
    if (current?.socket !== socket) return;
    const welcome = welcomeSchema.parse(answer);
    if (!welcome.ok) {
      if (welcome.code !== "forbidden" && welcome.code !== "not_signed_in")
        throw new Error(welcome.message);
      hangUp();
      log(`the site refuses this workstation: ${welcome.message}`);
      return enter({ kind: "refused", message: welcome.message });
    }
    outbox.adoptEpoch(welcome.epoch);
    adoptCharter(welcome.charter);
    current.welcomedAt = clock.monotonic();
    const skew = millisecondsOf(welcome.time) - clock.now();
    if (Math.abs(skew) > TOLD_SKEW_MS)
      log(`the clock of this machine differs from the site's by ${Math.round(skew / 1000)} s`);
    enter({ kind: "connected" });
    log("connected");
    for (const { resolve } of welcomeWaiters.splice(0)) resolve(socket);
    pump();
  }

  function adoptCharter(charter: CharterInForce): void {
    if (!isCharterIntact(charter))
      throw new Error("the site sent a charter that is not what it names");
    options.onCharter?.(charter);
    outbox.adoptCharter(charter);
  }

  /** Called from within `seal`: trouble with the disk must not look like trouble with sealing. */
  function pump(): void {
    cancelPump();
    try {
      sendDue();
    } catch (error) {
      log(`the outbox cannot be read (${String(error)}); trying again in a minute`);
      cancelPump = clock.after(OUTBOX_TROUBLE_MS, pump);
    }
  }

  /** Sends what may be sent now, and sees to it that the rest is looked at again. */
  function sendDue(): void {
    if (queue.inFlight() === 0 && outbox.counts().sealed === 0)
      for (const { resolve } of flushWaiters.splice(0)) resolve();
    if (state.kind !== "connected" || !current) return;
    const pause = queue.pause();
    if (pause > 0) {
      cancelPump = clock.after(pause, pump);
      return;
    }
    const room = WINDOW - queue.inFlight();
    if (room <= 0) return;
    const { socket } = current;
    for (const batch of queue.choose(outbox, room)) track(deliver(socket, batch), socket);
    const release = queue.nextRelease();
    if (release !== null) cancelPump = clock.after(release, pump);
  }

  async function deliver(socket: AgentSocket, batch: SealedBatch): Promise<void> {
    const { epoch, seq, bytes } = batch;
    queue.depart(epoch, seq);
    try {
      const answer = await answerWithin(clock, ACK_TIMEOUT_MS, socket.emitWithAck("batch", bytes));
      const parsed = ackSchema.safeParse(answer);
      if (parsed.success && isAbout(parsed.data, batch)) obey(batch, parsed.data);
      else {
        log("the server gave an answer this version does not know; the batch is kept");
        queue.hold(epoch, seq);
      }
    } catch (error) {
      // Silence or a broken disk: this batch waits. A connection that merely ended says nothing about the batch.
      if (current?.socket === socket) queue.hold(epoch, seq);
      throw error;
    } finally {
      queue.comeBack(epoch, seq);
    }
    pump();
  }

  function obey(batch: SealedBatch, ack: Ack): void {
    const { epoch, seq } = batch;
    if (ack.status === "retry") queue.hold(epoch, seq, ack.retryAfter);
    else {
      if (ack.status === "refused" || ack.status === "conflict") {
        outbox.deadLetter(epoch, seq, ack);
        log(`the site does not take a batch (${ack.status}); it was moved to the dead letters`);
      } else outbox.settle(epoch, seq);
      queue.settle(epoch, seq);
      attempt = 0;
    }
    options.onAck?.(batch, ack);
  }

  /** Whatever goes wrong on the current connection ends it; the outbox keeps everything. */
  function track(work: Promise<void>, socket: AgentSocket): void {
    const watched = work
      .catch((error: unknown) => {
        if (current?.socket !== socket) return;
        const reason = error instanceof NoAnswer ? "the server does not answer" : String(error);
        fail(reason.slice(0, 200));
      })
      .finally(() => running.delete(watched));
    running.add(watched);
  }

  const unsubscribe = outbox.onSealed(pump);
  connect();

  return {
    get state() {
      return state;
    },
    async stop() {
      unsubscribe();
      cancelReconnect();
      hangUp();
      if (state.kind !== "stopped") enter({ kind: "stopped" });
      await Promise.allSettled(running);
    },
    flushed() {
      const waiting = new Promise<void>((resolve, reject) => {
        if (state.kind === "refused" || state.kind === "stopped")
          return reject(new Error("message" in state ? state.message : "sending was stopped"));
        flushWaiters.push({ resolve, reject });
      });
      pump();
      return waiting;
    },
    async readStored(query) {
      const socket = await new Promise<AgentSocket>((resolve, reject) => {
        if (state.kind === "connected" && current) resolve(current.socket);
        else if (state.kind === "refused" || state.kind === "stopped")
          reject(new Error("message" in state ? state.message : "sending was stopped"));
        else welcomeWaiters.push({ resolve, reject });
      });
      const answer = socket.emitWithAck("stored", query);
      return storedReply.parse(await answerWithin(clock, ACK_TIMEOUT_MS, answer));
    },
  };
}

/** A server that cannot read a batch, or its own store, answers without being able to name the batch. */
function isAbout(ack: Ack, { epoch, seq }: SealedBatch): boolean {
  const isNameless = ack.epoch === 0 && ack.seq === 0;
  if (isNameless && (ack.status === "refused" || ack.status === "retry")) return true;
  return ack.epoch === epoch && ack.seq === seq;
}
