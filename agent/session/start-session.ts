import { hostname } from "node:os";
import { join } from "node:path";
import { type Charter, isOn } from "#schema/charter";
import { formatInZone } from "#schema/time";
import type { Clock } from "../clock.ts";
import type { RecordingState, Reply, Status, Trouble } from "../control/messages.ts";
import { startFeed } from "../feed/start-feed.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { forgetGateway } from "../gateway/store/store.ts";
import type { Identity } from "../identity.ts";
import { openOutbox } from "../outbox.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { type Sender, startSender } from "../sender.ts";
import {
  listCategories,
  makeCategorise,
  makeCategoriseSite,
  RULES_FILE,
  readRules,
} from "../sensors/application-rules.ts";
import type { Desktop } from "../sensors/desktop.ts";
import { watchDesk } from "../sensors/watch-desk.ts";
import { watchDisk } from "../watch-disk.ts";
import type { Presence } from "../work/layers.ts";
import { answer, type SessionRequest } from "./answer.ts";
import { describePermission } from "./describe.ts";
import { followHours } from "./follow-hours.ts";
import { type Decision, keepPermission } from "./permission.ts";
import { repeat } from "./repeat.ts";
import { keepTroubles } from "./troubles.ts";

const HEARTBEAT_MS = 60_000;
const PRUNE_MS = 3_600_000;
const LAST_SEND_MS = 3_000;

export interface SessionOptions {
  /** The person's own folder. */
  folder: string;
  identity: Identity;
  /** On a shared workstation: what the person's files are encrypted with. */
  key?: Buffer | undefined;
  desktop: Desktop;
  sealEverySeconds: number;
  /** Where watchers of ActivityWatch report; null for its usual port, "off" for none. */
  gatewayPort: number | null | "off";
  clock: Clock;
  random: () => number;
  /** What the person should know, in plain words; never what was recorded. */
  say: (line: string) => void;
  onPresence?: (presence: Presence) => void;
  onRecording?: (state: RecordingState) => void;
}

/** One person at this machine: senses, records under the charter, keeps, sends, and answers. */
export interface Session {
  handle(request: SessionRequest): Promise<Reply>;
  takeFeed(body: unknown): Reply;
  describe(): Omit<Status, "version" | "shared" | "desk">;
  /** Closes what is open, seals, sends for at most three seconds. */
  stop(): Promise<void>;
}

/** @throws RulesError, FeedError, or when the person's files cannot be read */
export async function startSession(options: SessionOptions): Promise<Session> {
  const { folder, identity, key, clock, random, say } = options;
  const { zone } = identity;
  const rules = readRules(join(folder, RULES_FILE));
  const categorise = makeCategorise(rules);
  const troubles = keepTroubles(say);
  const outbox = openOutbox(folder, {
    clock,
    encryptionKey: key,
    onLoss: (message: string, code?: Trouble["code"]) =>
      troubles.add(code ?? "outbox-damaged", message),
  });
  if (outbox.loss) troubles.add("outbox-damaged", outbox.loss.message);
  const disk = watchDisk(say);
  /** Since when applications may be recorded without a break, epoch ms. */
  let focusSince: number | null = null;
  let isInputOn = false;

  const permission = keepPermission({
    folder,
    key,
    clock,
    charter: outbox.readCharter(),
    onChange: obey,
  });
  const recorder: Recorder = startRecorder({
    outbox,
    clock,
    zone,
    charter: permission.applied(),
    write: disk.write,
  });
  recorder.allow(null);

  function obey({ state }: Decision, charter: Charter | null): void {
    const allowed = state === "on" ? charter : null;
    recorder.allow(allowed);
    const isFocusOn = allowed !== null && isOn(allowed, "focus");
    focusSince = isFocusOn ? (focusSince ?? clock.now()) : null;
    isInputOn = allowed !== null && isOn(allowed, "input");
    desk.setWanted({ focus: isFocusOn, input: isInputOn });
    feed.setWanted(allowed !== null && isOn(allowed, "work"));
    options.onRecording?.(state);
  }

  function seal(): void {
    const { charter } = permission;
    if (!charter || outbox.epoch === null) return;
    const context = {
      workstation: identity.workstation,
      epoch: outbox.epoch,
      charter: charter.sha256,
      sealedAt: formatInZone(clock.now(), zone),
    };
    const holdBackMs = permission.holdBackMinutes() * 60_000;
    disk.write(() => {
      while (outbox.seal(context, { holdBackMs }));
    });
  }

  const desk = watchDesk({
    desktop: options.desktop,
    clock,
    random,
    zone,
    categorise,
    onCategory: (category) => recorder.inFront(category),
    onPresence: (presence) => {
      recorder.presence(presence);
      options.onPresence?.(presence);
    },
    onTally: (tally) => recorder.tally(tally),
    say,
  });
  const feed = startFeed({
    folder,
    clock,
    onState: ({ thread, task, at }) =>
      recorder.feed(thread, task && { ...task, source: "imported" }, at),
    say: (message) => troubles.add("feed", message),
  });
  const sender: Sender = startSender({
    server: identity.server,
    identity,
    outbox,
    clock,
    random,
    log: say,
    onAck: (_batch, { status }) => {
      if (status === "refused" || status === "conflict")
        troubles.add(
          "refused-batches",
          "The site did not take some of what was recorded. See: etabli refused",
        );
    },
    onConflict: () =>
      troubles.add(
        "copied-folder",
        "Another copy of this agent's folder sends to the site as well. Nothing is lost; enrol the other machine by itself.",
      ),
    onCharter(next) {
      const before = permission.charter;
      if (next.sha256 === before?.sha256) return;
      if (before) say(`charter version ${next.document.version} is in force from now on`);
      permission.adoptCharter(next);
    },
    onReplan: () => hours.ask(),
    onState: ({ kind }) => {
      if (kind === "connected") hours.ask();
    },
  });
  const hours = followHours({ sender, permission, clock, troubles });
  // Switched off is forgotten: what watchers had told would lie there for nobody.
  if (options.gatewayPort === "off") forgetGateway(folder);
  const gateway =
    options.gatewayPort === "off"
      ? null
      : await startGateway({
          folder,
          encryptionKey: key,
          port: options.gatewayPort,
          hostname: hostname(),
          clock,
          recordingSince: () => focusSince,
          rawDays: () => permission.charter?.document.rawDays ?? 1,
          categorise,
          categoriseSite: makeCategoriseSite(rules),
          known: listCategories(rules),
          isInputOn: () => isInputOn,
          onWindow: desk.windowFromGateway,
          onTab: desk.tabFromGateway,
          onAway: desk.awayFromGateway,
          onInput: desk.inputFromGateway,
          say,
        });
  const bench = {
    outbox,
    recorder,
    permission,
    sender,
    clock,
    zone,
    makeTaskId: () =>
      `t-${Math.floor(random() * 36 ** 6)
        .toString(36)
        .padStart(6, "0")}`,
    seal,
    forgetCounts: desk.forgetCounts,
  };
  permission.begin();
  const prune = () => {
    const rawDays = permission.charter?.document.rawDays;
    if (rawDays !== undefined) disk.write(() => outbox.prune(clock.now(), rawDays));
  };
  prune();
  const cancels = [
    repeat(clock, options.sealEverySeconds * 1000, seal),
    repeat(clock, HEARTBEAT_MS, recorder.beat),
    repeat(clock, PRUNE_MS, prune),
  ];

  return {
    handle: (request) => answer(request, bench),
    takeFeed: (body) => feed.take(body),
    describe() {
      const now = clock.now();
      const { scene } = recorder;
      const { open, sealed, sealedEvents, bytes, dead, lostUnnumbered } = outbox.counts();
      troubles.set("disk", disk.trouble());
      troubles.set("lost-here", describeLoss(lostUnnumbered));
      troubles.set("clock-differs", sender.clockTrouble());
      troubles.set("gateway", gateway?.trouble() ?? null);
      const { state } = sender;
      const described = describePermission(permission, recorder, now, zone);
      const isRecording = described.recording === "on";
      return {
        ...described,
        now: formatInZone(now, zone),
        server: identity.server,
        mode: identity.mode,
        connection: {
          kind: state.kind,
          ...("message" in state && { message: state.message }),
        },
        applications: {
          ...desk.state.applications,
          inFront: isRecording ? scene.inFront : null,
        },
        presence: { ...desk.state.presence, now: isRecording ? scene.presence : null },
        input: desk.state.input,
        gateway: gateway
          ? { ...gateway.state, address: gateway.address }
          : { state: "off", address: null },
        feed: feed.state,
        waiting: { held: open, batches: sealed, batchEvents: sealedEvents, bytes, refused: dead },
        troubles: troubles.list(),
      };
    },
    async stop() {
      for (const cancel of cancels) cancel();
      permission.stop();
      hours.stop();
      desk.stop();
      feed.stop();
      await gateway?.stop();
      recorder.close();
      seal();
      await new Promise<void>((resolve) => {
        const cancel = clock.after(LAST_SEND_MS, resolve);
        // Refused or stopped: what is left stays in the outbox.
        const done = () => {
          cancel();
          resolve();
        };
        sender.flushed().then(done, done);
      });
      await sender.stop();
      await outbox.close();
    },
  };
}

/** Events lost before a batch held them: no gap at the site can name them, so it is said here. */
function describeLoss(events: number): string | null {
  if (events === 0) return null;
  const subject = events === 1 ? "1 recorded event was" : `${events} recorded events were`;
  return `${subject} lost on this machine before sending: the store was full, or could not be read.`;
}
