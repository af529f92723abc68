import { join } from "node:path";
import type { CategoryId } from "#schema/charter";
import { formatInZone } from "#schema/time";
import { mayRecord } from "./charter-guard.ts";
import { applyChoices, chooseCategory, readDeclined } from "./choices.ts";
import type { Clock } from "./clock.ts";
import { controlAddress } from "./control/address.ts";
import { listenForCommands } from "./control/listen.ts";
import type { Reply, Request, Status } from "./control/messages.ts";
import { lockAgentFolder } from "./folder-lock.ts";
import type { Identity } from "./identity.ts";
import { openOutbox } from "./outbox.ts";
import { startRecorder } from "./recorder.ts";
import { startSender } from "./sender.ts";
import { makeCategorise, RULES_FILE, readRules } from "./sensors/application-rules.ts";
import { type Desktop, watchFocus } from "./sensors/choose-sensor.ts";
import { watchDisk } from "./watch-disk.ts";

const HEARTBEAT_MS = 60_000;
const LAST_SEND_MS = 3_000;

export interface RunOptions {
  folder: string;
  identity: Identity;
  desktop: Desktop;
  sealEverySeconds: number;
  clock: Clock;
  random: () => number;
  /** What the person should know, in plain words; never what was recorded. */
  say: (line: string) => void;
}

/**
 * The agent at work: senses, records under the charter, keeps, sends, and answers this machine's commands.
 * @returns how to end it: closes what is open, seals, sends for at most three seconds
 * @throws AlreadyRunning, RulesError
 */
export async function runAgent(options: RunOptions): Promise<{ stop(): Promise<void> }> {
  const { folder, identity, clock, random, say } = options;
  const unlock = lockAgentFolder(folder);
  const categorise = makeCategorise(readRules(join(folder, RULES_FILE)));
  const troubles = new Set<string>();
  const trouble = (message: string) => {
    if (!troubles.has(message)) say(message);
    troubles.add(message);
  };
  const outbox = openOutbox(folder, { now: clock.now, onLoss: trouble });
  if (outbox.loss) trouble(outbox.loss.message);
  const disk = watchDisk(say);
  let charter = outbox.readCharter();
  let declined = readDeclined(folder);
  const recorder = startRecorder({
    outbox,
    clock,
    zone: identity.zone,
    charter: charter && applyChoices(charter.document, declined),
    write: disk.write,
  });

  function sealOpen(): void {
    if (!charter || outbox.epoch === null) return;
    const context = {
      workstation: identity.workstation,
      epoch: outbox.epoch,
      charter: charter.sha256,
      sealedAt: formatInZone(clock.now(), identity.zone),
    };
    disk.write(() => {
      while (outbox.seal(context));
    });
  }

  const sender = startSender({
    server: identity.server,
    identity,
    outbox,
    clock,
    random,
    log: say,
    onAck: (_batch, ack) => {
      if (ack.status === "refused" || ack.status === "conflict")
        trouble("The site did not take some of what was recorded. See: etabli status");
    },
    onCharter(next) {
      if (next.sha256 === charter?.sha256) return;
      if (charter) say(`charter version ${next.document.version} is in force from now on`);
      recorder.adoptCharter(applyChoices(next.document, declined));
      sealOpen();
      charter = next;
    },
  });
  const focus = watchFocus({
    desktop: options.desktop,
    clock,
    random,
    categorise,
    onCategory: (category) => recorder.signal({ type: "in-front", category }),
    say,
  });

  function describe(): Status {
    const { work, inFront, paused } = recorder.state;
    const counts = outbox.counts();
    const { state } = sender;
    return {
      server: identity.server,
      mode: identity.mode,
      recording: charter === null ? "no-charter" : paused ? "paused" : "on",
      connection: { kind: state.kind, ...("message" in state && { message: state.message }) },
      charter: charter && {
        version: charter.document.version,
        title: charter.document.title.en,
        sha256: charter.sha256,
      },
      declined,
      task:
        work && work.kind !== "focus"
          ? {
              kind: work.kind,
              ...(work.label !== undefined && { label: work.label }),
              since: formatInZone(work.start, identity.zone),
            }
          : null,
      applications: {
        state: focus.state.kind === "available" ? "sensed" : `not sensed: ${focus.state.reason}`,
        inFront: paused ? null : inFront,
      },
      waiting: { events: counts.open, batches: counts.sealed, refused: counts.dead },
      troubles: [
        ...troubles,
        ...[disk.trouble(), describeLoss(counts.lostUnnumbered)].filter((told) => told !== null),
      ],
    };
  }

  function handle(request: Request): Reply {
    const { work, paused } = recorder.state;
    switch (request.command) {
      case "status":
        return { ok: true, message: "", status: describe() };
      case "task-start": {
        const { kind, label, task } = request;
        if (paused) return { ok: false, message: "Recording is paused. First: etabli resume" };
        if (!charter)
          return { ok: false, message: "No charter received yet, so nothing is recorded." };
        if (!mayRecord(applyChoices(charter.document, declined), kind))
          return {
            ok: false,
            message: `The charter in force, or you, have "${kind}" switched off.`,
          };
        recorder.signal({ type: "task-started", task: { kind, label, task } });
        if (work) sealOpen();
        return { ok: true, message: `Started: ${kind}` };
      }
      case "task-stop":
        if (!work) return { ok: false, message: "No task is under way." };
        recorder.signal({ type: "task-stopped" });
        sealOpen();
        return { ok: true, message: `Stopped: ${work.kind}` };
      case "pause":
        recorder.signal({ type: "paused" });
        sealOpen();
        return { ok: true, message: "Paused: nothing is recorded until: etabli resume" };
      case "resume":
        recorder.signal({ type: "resumed" });
        return { ok: true, message: "Recording again. A task that was under way is over." };
      case "category":
        return switchCategory(request.id, request.on);
    }
  }

  function switchCategory(id: CategoryId, on: boolean): Reply {
    if (!charter) return { ok: false, message: "No charter received yet, so nothing is recorded." };
    const category = charter.document.categories.find((entry) => entry.id === id);
    if (!category?.optional)
      return { ok: false, message: `The charter does not leave "${id}" to each person.` };
    declined = chooseCategory(folder, id, on);
    recorder.adoptCharter(applyChoices(charter.document, declined));
    sealOpen();
    if (!on) return { ok: true, message: `Switched off: "${id}" is not recorded.` };
    return category.on
      ? { ok: true, message: `Switched on: "${id}" is recorded again.` }
      : { ok: true, message: `You leave "${id}" on, but the charter in force has it off.` };
  }

  const control = await listenForCommands(controlAddress(folder), handle);
  const cancels = [
    repeat(clock, options.sealEverySeconds * 1000, sealOpen),
    repeat(clock, HEARTBEAT_MS, recorder.beat),
  ];

  return {
    async stop() {
      for (const cancel of cancels) cancel();
      focus.stop();
      await control.close();
      recorder.close();
      sealOpen();
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
      unlock();
    },
  };
}

/** Events lost before a batch held them: no gap at the site can name them, so it is said here. */
function describeLoss(events: number): string | null {
  if (events === 0) return null;
  const subject = events === 1 ? "1 recorded event was" : `${events} recorded events were`;
  return `${subject} lost on this machine before sending: the store was full, or could not be read.`;
}

function repeat(clock: Clock, milliseconds: number, task: () => void): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = clock.after(milliseconds, () => {
      task();
      next();
    });
  };
  next();
  return () => cancel();
}
