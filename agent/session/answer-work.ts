import { type Mark, mark as markSchema } from "#schema/activity";
import type { Charter } from "#schema/charter";
import { formatInZone } from "#schema/time";
import { mayRecord } from "../charter-guard.ts";
import type { Reply, Request } from "../control/messages.ts";
import type { Recorder } from "../recorder.ts";
import {
  beginTask,
  endMarks,
  endTask,
  openMarkOf,
  parkTask,
  type Saying,
  takeUpTask,
} from "../work/declared.ts";
import { done, refuse } from "./reply.ts";

const workCommands = [
  "task-start",
  "task-switch",
  "task-park",
  "task-back",
  "task-stop",
  "mark",
  "mark-end",
] as const;
type WorkCommand = (typeof workCommands)[number];
export type WorkRequest = Extract<Request, { command: WorkCommand }>;

export function isWorkRequest(request: Request): request is WorkRequest {
  return workCommands.some((command) => command === request.command);
}

/** Does what a person says of their work. Nothing of it is kept while nothing is recorded. */
export function answerWork(
  request: WorkRequest,
  recorder: Recorder,
  charter: Charter,
  place: { zone: string; makeTaskId: () => string },
): Reply {
  const saying: Saying = { now: recorder.now(), ...place };
  const { declared } = recorder.scene;
  switch (request.command) {
    case "task-start":
    case "task-switch": {
      const { command, ...said } = request;
      if (!mayRecord(charter, said.kind))
        return refuse(
          "kind-off",
          `The charter in force, or you, have "${said.kind}" switched off.`,
        );
      const isSwitch = command === "task-switch";
      const { after, marks } = beginTask(declared, said, saying, isSwitch ? "park" : "end");
      recorder.declare(after, marks);
      return isSwitch && declared.task
        ? done("switched", `Started: ${said.kind}. Put aside: ${declared.task.said.kind}`)
        : done("started", `Started: ${said.kind}`);
    }
    case "task-park":
      if (!declared.task) return noTask;
      recorder.declare(parkTask(declared, place.makeTaskId));
      return done("parked", `Put aside: ${declared.task.said.kind}`);
    case "task-stop":
      if (!declared.task) return noTask;
      recorder.declare(endTask(declared));
      return done("stopped", `Stopped: ${declared.task.said.kind}`);
    case "task-back": {
      const { after: closed, marks } = endMarks(declared, "interrupt", saying);
      const after = takeUpTask(closed, saying.now, request.task);
      const { task } = declared;
      const isHeldUp = task?.said.kind === "tech_incident" || task?.said.kind === "tool_wait";
      if (!after && isHeldUp) {
        recorder.declare(endTask(closed), marks);
        return done("stopped", `Over: ${task.said.kind}`);
      }
      if (!after && marks.length === 0) return refuse("nothing-parked", "Nothing was put aside.");
      recorder.declare(after ?? closed, marks);
      return after?.task
        ? done("back", `Back to: ${after.task.said.kind}`)
        : done("mark-ended", "The interruption is over.");
    }
    case "mark":
      return answerMark(request, recorder, saying);
    case "mark-end": {
      const { after, marks } = endMarks(declared, request.kind, saying);
      if (marks.length === 0) return refuse("no-open-mark", "There is none open of that kind.");
      recorder.declare(after, marks);
      return done("mark-ended", `Ended: ${request.kind}`);
    }
  }
}

function answerMark(
  { command: _, ...said }: Extract<WorkRequest, { command: "mark" }>,
  recorder: Recorder,
  saying: Saying,
): Reply {
  const { declared } = recorder.scene;
  const task = said.task ?? declared.task?.said.task;
  const mark: Mark = {
    ...said,
    ...(task !== undefined && { task }),
    at: formatInZone(saying.now, saying.zone),
  };
  const checked = markSchema.safeParse(mark);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return refuse(
      "invalid",
      `${issue?.path.join(".") ?? "mark"}: ${issue?.message ?? "not valid"}`,
    );
  }
  const { kind, label, origin } = said;
  if (kind !== "interrupt" && kind !== "help_request") {
    recorder.declare(declared, [checked.data]);
    return done("marked", `Noted: ${kind}`);
  }
  // An interruption takes the person off their task, which waits for them.
  const base = kind === "interrupt" ? parkTask(declared, saying.makeTaskId) : declared;
  const interrupted = kind === "interrupt" ? base.parked.at(-1)?.said.task : task;
  const isParked = base !== declared;
  recorder.declare(
    openMarkOf(base, { kind, at: saying.now, label, origin, task: isParked ? interrupted : task }),
  );
  return done("marked", `Noted: ${kind}, open until it is over`);
}

const noTask = refuse("no-task", "No task is under way.");
