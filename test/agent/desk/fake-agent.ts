import type { Deletion } from "#agent/control/held";
import type { DeclaredTask, Reply, Request, Status } from "#agent/control/messages";
import { millisecondsOf } from "#schema/time";
import { compareWith, makeHeld, makeMirror, refused } from "./fake-outbox.ts";
import { makeStatus } from "./fake-status.ts";

const done = (code: string, rest: object = {}): Reply => ({
  ok: true,
  code,
  message: `Done: ${code}.`,
  ...rest,
});
const refuse = (code: string): Reply => ({ ok: false, code, message: `Not done: ${code}.` });

/** An agent in memory that answers every command of the desk, for what the page shows of each. */
export interface FakeAgent {
  handle: (request: Request) => Reply;
  /** What it says of itself; a test may change it. */
  status: Status;
  held: ReturnType<typeof makeHeld>;
  /** Batches the site is to have lost. */
  lostAtSite: number[];
  /** Its disk takes no fresh copy of the store: what is deleted leaves traces. */
  leavesTraces: boolean;
  /** Every command but `status`, in order. */
  asked: Request[];
}

export function makeFakeAgent(fields: Partial<Status> = {}): FakeAgent {
  const { mirror, texts } = makeMirror();
  const agent: FakeAgent = {
    status: makeStatus(fields),
    held: makeHeld(),
    lostAtSite: [],
    leavesTraces: false,
    asked: [],
    handle(request) {
      if (request.command !== "status") agent.asked.push(request);
      return answer(request);
    },
  };

  function describe(): Status {
    const { open, batches } = agent.held;
    return {
      ...agent.status,
      waiting: {
        ...agent.status.waiting,
        held: open.length,
        batches: batches.length,
        batchEvents: batches.reduce((sum, batch) => sum + batch.events, 0),
        bytes: batches.reduce((sum, batch) => sum + batch.bytes, 0),
        refused: refused.length,
      },
    };
  }

  function change(fields: Partial<Status>, code: string): Reply {
    agent.status = { ...agent.status, ...fields };
    return done(code);
  }

  function begin(said: DeclaredTask, parks: boolean): Reply {
    const { task, parked, now } = agent.status;
    const isSwitch = parks && task !== null;
    return change(
      { task: { ...said, since: now }, parked: isSwitch ? [...parked, task] : parked },
      isSwitch ? "switched" : "started",
    );
  }

  function answer(request: Request): Reply {
    const { status, held } = agent;
    const isOff = status.recording !== "on";
    switch (request.command) {
      case "status":
        return done("status", { status: describe() });
      case "task-start":
      case "task-switch": {
        const { command, ...said } = request;
        return isOff ? refuse(status.recording) : begin(said, command === "task-switch");
      }
      case "task-park": {
        const { task, parked } = status;
        return task
          ? change({ task: null, parked: [...parked, task] }, "parked")
          : refuse("no-task");
      }
      case "task-back": {
        const { parked, now } = status;
        const found = parked.findLast(
          ({ task }) => request.task === undefined || task === request.task,
        );
        if (!found) return refuse("nothing-parked");
        const rest = parked.filter((task) => task !== found);
        return change({ task: { ...found, since: now }, parked: rest }, "back");
      }
      case "task-stop":
        return status.task ? change({ task: null }, "stopped") : refuse("no-task");
      case "mark": {
        if (isOff) return refuse(status.recording);
        const { kind, label } = request;
        const stays = kind === "interrupt" || kind === "help_request";
        const mark = { kind, at: status.now, ...(label !== undefined && { label }) };
        return change(
          { openMarks: stays ? [...status.openMarks, mark] : status.openMarks },
          "marked",
        );
      }
      case "mark-end": {
        const rest = status.openMarks.filter(({ kind }) => kind !== request.kind);
        return rest.length === status.openMarks.length
          ? refuse("no-open-mark")
          : change({ openMarks: rest }, "mark-ended");
      }
      case "pause": {
        if (request.until === "shift" && !status.hours.current) return refuse("no-shift");
        const isPrivate = request.until === "resumed";
        const until = isPrivate ? null : "2026-11-25T10:54:30.000+01:00";
        return change({ recording: isPrivate ? "private" : "paused", until, task: null }, "paused");
      }
      case "resume":
        return change({ recording: "on", until: status.hours.current?.end ?? null }, "resumed");
      case "category": {
        const found = status.categories.find(({ id }) => id === request.id);
        if (!found?.optional) return refuse("not-optional");
        const categories = status.categories.map((entry) =>
          entry === found
            ? { ...entry, chosen: request.on, on: request.on && entry.inCharter }
            : entry,
        );
        const onCode = found.inCharter ? "category-on" : "category-on-not-in-charter";
        return change({ categories }, request.on ? onCode : "category-off");
      }
      case "hold-back": {
        const { charter } = status.holdBack;
        const minutes = Math.max(charter, request.minutes);
        return change({ holdBack: { charter, own: request.minutes, minutes } }, "held-back");
      }
      case "held":
        return done("held", { held });
      case "held-delete":
        return done("deleted", {
          deletion: deleteHeld(millisecondsOf(request.from), millisecondsOf(request.to)),
        });
      case "held-correct": {
        const found = held.open.find(({ id }) => id === request.id);
        if (!found) return refuse("not-found");
        const event = { ...found.event, ...request.change };
        agent.held = {
          ...held,
          open: held.open.map((entry) => (entry === found ? { ...entry, event } : entry)),
        };
        return done(agent.leavesTraces ? "corrected-not-wiped" : "corrected");
      }
      case "mirror":
        return done("mirror", { mirror });
      case "mirror-batch": {
        const text = texts.get(request.seq);
        return text === undefined ? refuse("not-found") : done("mirror-batch", { text });
      }
      case "compare":
        return status.connection.kind === "connected"
          ? done("compared", { comparison: compareWith(mirror, agent.lostAtSite) })
          : refuse("not-connected");
      case "refused":
        return done("refused", { refused });
      case "signin":
        if (!status.shared) return refuse("not-shared");
        if (request.passphrase !== "correct horse") return refuse("wrong-passphrase");
        return change({ recording: "on", until: status.hours.current?.end ?? null }, "signed-in");
      case "desk":
        return done("desk", { address: `${status.desk}/#${"A".repeat(43)}` });
      case "signout":
        return change({ recording: "signed-out", until: null, task: null }, "signed-out");
    }
  }

  /** Takes out what lies in the window whole; a batch that was sent stays as it is. */
  function deleteHeld(from: number, to: number): Deletion {
    const isInside = ({ event }: { event: Record<string, unknown> }) => {
      const start = millisecondsOf(String(event.start ?? event.at));
      return start >= from && start < to;
    };
    const { open, batches } = agent.held;
    const alreadySent = batches.filter(({ sent, contents }) => sent && contents.some(isInside));
    const unsealed = batches.filter(({ sent, contents }) => !sent && contents.some(isInside));
    const gone = [...open, ...unsealed.flatMap(({ contents }) => contents)].filter(isInside);
    agent.held = {
      ...agent.held,
      open: open.filter((entry) => !isInside(entry)),
      batches: batches.filter((batch) => !unsealed.includes(batch)),
    };
    const wiped = !agent.leavesTraces;
    return { removed: gone.length, cut: 0, alreadySent: alreadySent.length, wiped };
  }

  return agent;
}
