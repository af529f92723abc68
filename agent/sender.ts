import { type Ack, ack as ackSchema } from "#schema/batch";
import { type CharterInForce, charterInForce } from "#schema/live";
import { answerWithin } from "./ask.ts";
import { nextDelay } from "./backoff.ts";
import { isCharterIntact } from "./charter-guard.ts";
import type { Clock } from "./clock.ts";
import type { Identity } from "./identity.ts";
import type { Outbox } from "./outbox.ts";
import type { SealedBatch } from "./seal-batch.ts";
import { makeSendQueue } from "./send-queue.ts";
import { explainFailure } from "./sender/explain-failure.ts";
import { GREETING_TIMEOUT_MS, greetSite } from "./sender/greet-site.ts";
import { isAbout, obeyAck } from "./sender/obey-ack.ts";
import { makeQuestions, type Questions } from "./sender/questions.ts";
import { describeClock, makeSiteClock } from "./sender/site-clock.ts";
import { makeWaiters } from "./sender/waiters.ts";
import { type AgentSocket, makeSocket } from "./server-connection.ts";

/** Batches sent and not yet answered, at most. */
const WINDOW = 4;
const ACK_TIMEOUT_MS = 30_000;
/** A connection that held this long was a good one: the next wait starts small. */
const GOOD_CONNECTION_MS = 60_000;
const TOLD_SKEW_MS = 60_000;
const OUTBOX_TROUBLE_MS = 60_000;
/** A longer wait is looked at again on the way: no timer reaches further than 24 days. */
const LONGEST_WAIT_MS = 3_600_000;

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
  /** What the site said of a batch; not called for one that goes again under another number. */
  onAck?: (batch: SealedBatch, ack: Ack) => void;
  onState?: (state: SenderState) => void;
  /** Called before the outbox adopts it, so that open events can still be sealed under the one before. */
  onCharter?: (charter: CharterInForce) => void;
  /** The site holds another batch of the same number: another copy of this folder sends too. */
  onConflict?: (fate: "renumbered" | "buried") => void;
  /** The person's agreed hours have changed at the site. */
  onReplan?: () => void;
  socketFactory?: (server: string) => AgentSocket;
}

export interface Sender extends Questions {
  readonly state: SenderState;
  /** What the person should know of a clock that differs from the site's; null when all is well. */
  clockTrouble(): string | null;
  /** Epoch ms by the site's clock; null while there is no connection to it. */
  siteTime(): number | null;
  /** Ends sending. What was not acknowledged stays in the outbox. */
  stop(): Promise<void>;
  /** Done when the outbox holds no sealed batch any more; fails when the site refuses us or on `stop`. */
  flushed(): Promise<void>;
}

/**
 * Brings sealed batches to the site, for ever: each is removed from the outbox only once the site says it is stored.
 * What the site refuses goes to the dead letters; anything else, also an answer we do not know, is tried again.
 */
export function startSender(options: SenderOptions): Sender {
  const { identity, outbox, clock, random, log } = options;
  const siteClock = makeSiteClock(clock);
  const queue = makeSendQueue(clock, random, siteClock.waitFor);
  const running = new Set<Promise<void>>();
  const flushes = makeWaiters<void>();
  const welcomes = makeWaiters<AgentSocket>();
  let state: SenderState = { kind: "connecting" };
  let attempt = 0;
  let current: { socket: AgentSocket; welcomedAt: number | null } | null = null;
  let cancelReconnect = () => {};
  let cancelPump = () => {};
  let cancelGreeting = () => {};

  function enter(next: SenderState): void {
    state = next;
    options.onState?.(next);
    const error = whyOver();
    if (error) for (const waiters of [flushes, welcomes]) waiters.reject(error);
  }

  /** Why nothing is sent any more; null while it is. */
  function whyOver(): Error | null {
    if (state.kind === "refused") return new Error(state.message);
    return state.kind === "stopped" ? new Error("sending was stopped") : null;
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
    socket.on("challenge", (received) => track(greet(socket, received), socket));
    socket.on("charter", (received) => {
      const adopted = Promise.resolve().then(() => adoptCharter(charterInForce.parse(received)));
      track(adopted, socket);
    });
    socket.on("replan", () => options.onReplan?.());
    socket.on("disconnect", (reason) => current?.socket === socket && fail(reason));
    socket.on("connect_error", (error) => current?.socket === socket && fail(error.message));
    socket.connect();
  }

  /** Ends the connection and comes back later. */
  function fail(reason: string): void {
    const since = current?.welcomedAt ?? null;
    const lasted = since === null ? 0 : clock.monotonic() - since;
    if (lasted > GOOD_CONNECTION_MS) attempt = 0;
    comeBack(nextDelay(attempt, random), reason);
    attempt += 1;
  }

  function comeBack(delay: number, reason: string): void {
    hangUp();
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
    const { epoch } = outbox;
    const welcome = await greetSite(socket, received, { identity, epoch, clock });
    if (current?.socket !== socket) return;
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
    siteClock.measure(welcome.time);
    queue.remeasure();
    const ahead = siteClock.ahead();
    if (Math.abs(ahead) > TOLD_SKEW_MS)
      log(`the clock of this machine differs from the site's by ${Math.round(-ahead / 1000)} s`);
    enter({ kind: "connected" });
    log("connected");
    welcomes.resolve(socket);
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
      log(`the outbox cannot be used (${String(error)}); trying again in a minute`);
      cancelPump = clock.after(OUTBOX_TROUBLE_MS, pump);
    }
  }

  /** Sends what may be sent now, and sees to it that the rest is looked at again. */
  function sendDue(): void {
    if (queue.inFlight() === 0 && outbox.counts().sealed === 0) flushes.resolve();
    if (state.kind !== "connected" || !current) return;
    const pause = queue.pause();
    if (pause > 0) {
      cancelPump = clock.after(pause, pump);
      return;
    }
    const room = WINDOW - queue.inFlight();
    if (room <= 0) return;
    const { socket } = current;
    const batches = queue.choose(outbox, room);
    // On disk before the first byte leaves: what may be at the site is never taken apart here.
    outbox.markSent(batches);
    for (const batch of batches) track(deliver(socket, batch), socket);
    const release = queue.nextRelease();
    if (release !== null) cancelPump = clock.after(Math.min(release, LONGEST_WAIT_MS), pump);
  }

  async function deliver(socket: AgentSocket, batch: SealedBatch): Promise<void> {
    queue.depart(batch);
    try {
      const sent = socket.emitWithAck("batch", batch.bytes);
      const parsed = ackSchema.safeParse(await answerWithin(clock, ACK_TIMEOUT_MS, sent));
      if (parsed.success && isAbout(parsed.data, batch)) await obey(socket, batch, parsed.data);
      else {
        log("the server gave an answer this version does not know; the batch is kept");
        queue.hold(batch);
      }
    } catch (error) {
      // Silence, also to a question about it, or a broken disk: this batch waits. A connection that merely ended says nothing about the batch.
      if (current?.socket === socket) queue.hold(batch);
      throw error;
    } finally {
      queue.comeBack(batch);
    }
    pump();
  }

  async function obey(socket: AgentSocket, batch: SealedBatch, ack: Ack): Promise<void> {
    if (ack.status === "retry") {
      queue.hold(batch, ack.retryAfter);
      options.onAck?.(batch, ack);
      return;
    }
    const fate = await obeyAck(
      outbox,
      batch,
      ack,
      makeQuestions(clock, async () => socket),
    );
    queue.settle(batch);
    attempt = 0;
    if (fate === "buried")
      log(`the site does not take a batch (${ack.status}); it was moved to the dead letters`);
    if (ack.status === "conflict") options.onConflict?.(fate === "renumbered" ? fate : "buried");
    if (fate !== "renumbered") {
      options.onAck?.(batch, ack);
      return;
    }
    log(
      "the site holds another batch of the same number; what it does not hold of this one goes again",
    );
    // Only a new hello brings a new epoch.
    if (outbox.epoch === null) comeBack(nextDelay(0, random), "asking for numbers of our own");
  }

  /** Whatever goes wrong on the current connection ends it; the outbox keeps everything. */
  function track(work: Promise<void>, socket: AgentSocket): void {
    const watched = work
      .catch((error: unknown) => {
        if (current?.socket === socket) fail(explainFailure(error));
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
    siteTime: () => (state.kind === "connected" ? siteClock.now() : null),
    clockTrouble: () => describeClock(siteClock.ahead(), queue.waitingForClock(outbox)),
    async stop() {
      unsubscribe();
      cancelReconnect();
      hangUp();
      if (state.kind !== "stopped") enter({ kind: "stopped" });
      await Promise.allSettled(running);
    },
    flushed() {
      const over = whyOver();
      if (over) return Promise.reject(over);
      const waiting = flushes.wait();
      pump();
      return waiting;
    },
    ...makeQuestions(clock, async () => {
      const over = whyOver();
      if (over) throw over;
      return state.kind === "connected" && current ? current.socket : await welcomes.wait();
    }),
  };
}
