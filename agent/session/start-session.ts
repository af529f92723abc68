import { hostname } from "node:os";
import { join } from "node:path";
import { type Charter, isOn } from "#schema/charter";
import { formatInZone } from "#schema/time";
import { startFeed } from "../feed/start-feed.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { forgetGateway } from "../gateway/store/store.ts";
import { openOutbox } from "../outbox.ts";
import { startRecorder } from "../recorder.ts";
import { startSender } from "../sender.ts";
import {
  listCategories,
  makeCategorise,
  makeCategoriseSite,
  RULES_FILE,
  readRules,
} from "../sensors/application-rules.ts";
import { watchDesk } from "../sensors/watch-desk.ts";
import { watchDisk } from "../watch-disk.ts";
import { answer } from "./answer.ts";
import { describeSession } from "./describe-session.ts";
import { followHours } from "./follow-hours.ts";
import { type Decision, keepPermission } from "./permission.ts";
import { repeat } from "./repeat.ts";
import type { Session, SessionOptions } from "./session.ts";
import { keepTroubles } from "./troubles.ts";

const HEARTBEAT_MS = 60_000;
const PRUNE_MS = 3_600_000;
const LAST_SEND_MS = 3_000;

/**
 * Begins a session.
 * @throws RulesError, FeedError, or when the person's files cannot be read; then nothing stays open
 */
export async function startSession(options: SessionOptions): Promise<Session> {
  const closers: (() => void | Promise<void>)[] = [];
  try {
    return await assemble(options, (close) => closers.push(close));
  } catch (error) {
    for (const close of closers.reverse()) await close();
    throw error;
  }
}

async function assemble(
  options: SessionOptions,
  opened: (close: () => void | Promise<void>) => void,
): Promise<Session> {
  const { folder, home, identity, key, clock, random, say } = options;
  const { zone } = identity;
  const rules = readRules(join(home, RULES_FILE));
  const categorise = makeCategorise(rules);
  const troubles = keepTroubles(say);
  const outbox = openOutbox(folder, {
    clock,
    encryptionKey: key,
    onLoss: (message, code) => troubles.add(code, message),
  });
  opened(() => outbox.close());
  if (outbox.loss) troubles.add("outbox-damaged", outbox.loss.message);
  const disk = watchDisk(say);
  /** Since when applications may be recorded without a break, epoch ms; and input. */
  let focusSince: number | null = null;
  let inputSince: number | null = null;

  const permission = keepPermission({
    folder,
    key,
    clock,
    random,
    charter: outbox.readCharter(),
    onChange: obey,
  });
  opened(permission.stop);
  const recorder = startRecorder({
    outbox,
    clock,
    zone,
    charter: permission.applied(),
    write: disk.write,
  });
  recorder.allow(null);
  /** What a sense, a watcher or a feed tells is recorded only after it is settled what may be. */
  const settled =
    <Args extends unknown[], Result>(act: (...args: Args) => Result) =>
    (...args: Args): Result => {
      permission.look();
      return act(...args);
    };

  function obey(decision: Decision, charter: Charter | null): void {
    const allowed = decision.state === "on" ? charter : null;
    const focus = allowed !== null && isOn(allowed, "focus");
    const input = allowed !== null && isOn(allowed, "input");
    const switchSenses = () => {
      desk.setWanted({ focus, input, lock: options.onLocked !== undefined });
      feed.setWanted(allowed !== null && isOn(allowed, "work"));
    };
    // Counts that are over are handed on by a sense that is switched off: they are still to be taken then.
    const loses = (!focus && focusSince !== null) || (!input && inputSince !== null);
    if (allowed === null || loses) switchSenses();
    recorder.allow(allowed);
    if (allowed !== null && !loses) switchSenses();
    focusSince = focus ? (focusSince ?? clock.now()) : null;
    inputSince = input ? (inputSince ?? clock.now()) : null;
    options.onRecording?.(decision);
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
    const { open, gaps } = outbox.counts();
    // Nothing to write is no sign that the disk writes.
    if (open === 0 && gaps.length === 0) return;
    const holdBackMs = permission.holdBackMinutes() * 60_000;
    disk.write(() => {
      while (outbox.seal(context, { holdBackMs }));
    });
  }

  function prune(): void {
    const rawDays = permission.charter?.document.rawDays;
    if (rawDays === undefined) return;
    const times = { now: clock.now(), siteNow: sender.siteTime() };
    try {
      outbox.prune({ ...times, rawDays });
    } catch {
      // The disk refuses, as whatever is recorded next will say; what is old goes an hour later.
    }
  }

  const desk = watchDesk({
    desktop: options.desktop,
    clock,
    random,
    zone,
    categorise,
    onCategory: settled(recorder.inFront),
    onPresence: settled(recorder.presence),
    onTally: recorder.tally,
    onLocked: (isLocked) => options.onLocked?.(isLocked),
    say,
  });
  opened(desk.stop);
  const feed = startFeed({
    folder: home,
    clock,
    onState: settled(({ thread, task, at }) =>
      recorder.feed(thread, task && { ...task, source: "imported" }, at),
    ),
    say: (message) => troubles.add("feed", message),
  });
  opened(feed.stop);
  const sender = startSender({
    server: identity.server,
    identity,
    outbox,
    clock,
    random,
    log: options.log,
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
      if (kind !== "connected") return;
      hours.ask();
      // The site's time is known now: what is too old for it is not sent first.
      prune();
    },
  });
  opened(sender.stop);
  const hours = followHours({ sender, permission, clock, troubles });
  opened(hours.stop);
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
          recordingSince: settled(() => focusSince),
          inputSince: settled(() => inputSince),
          definitions: options.bucketDefinitions,
          rawDays: () => permission.charter?.document.rawDays ?? 1,
          categorise,
          categoriseSite: makeCategoriseSite(rules),
          known: listCategories(rules),
          onWindow: desk.windowFromGateway,
          onTab: desk.tabFromGateway,
          onAway: desk.awayFromGateway,
          onInput: desk.inputFromGateway,
          say,
        });
  if (gateway) opened(gateway.stop);

  const parts = {
    ...{ identity, outbox, recorder, permission, sender, desk, feed, gateway, troubles },
    ...{ clock, zone, seal, diskTrouble: disk.trouble },
    makeTaskId: () =>
      `t-${Math.floor(random() * 36 ** 6)
        .toString(36)
        .padStart(6, "0")}`,
    forget(window: { from: number; to: number }) {
      recorder.forget(window);
      desk.forgetCounts(window);
      return gateway?.forgetWindow(window) ?? true;
    },
  };
  permission.look();
  const cancels = [
    repeat(clock, options.sealEverySeconds * 1000, seal),
    repeat(clock, HEARTBEAT_MS, settled(recorder.beat)),
    repeat(clock, PRUNE_MS, prune),
  ];

  return {
    handle: (request) => answer(request, parts),
    takeFeed: (body) => feed.take(body),
    describe: () => describeSession(parts),
    bucketDefinitions: () => gateway?.definitions() ?? [],
    async stop() {
      for (const cancel of cancels) cancel();
      permission.stop();
      hours.stop();
      desk.stop();
      feed.stop();
      await gateway?.stop();
      recorder.close();
      if (recorder.unsaved > 0)
        say(
          `${recorder.unsaved} events could not be written to disk before the end, and are lost.`,
        );
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
