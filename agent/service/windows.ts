import { tmpdir } from "node:os";
import { win32 } from "node:path";
import type { Place } from "./place.ts";
import { RUN_KEY, RUN_VALUE, taskName, writeRunLine, writeTask } from "./scheduled-task.ts";
import type { Machine, Step } from "./step.ts";

/** Stops what runs of an earlier installation. */
export function windowsStop({ user }: Place): Step[] {
  return [{ kind: "run", command: ["schtasks", "/End", "/TN", taskName(user)], mayFail: true }];
}

/** The task; `otherwise`, where a machine's rules let nobody make tasks, the registry's list of programs. */
export function windowsInstall({ env, user, program, run }: Place): {
  steps: Step[];
  told: string;
  otherwise: { steps: Step[]; told: string };
} {
  const name = taskName(user);
  const file = win32.join(env.TEMP ?? tmpdir(), "etabli-agent-task.xml");
  const person = env.USERDOMAIN ? `${env.USERDOMAIN}\\${user}` : user;
  return {
    steps: [
      { kind: "write", path: file, text: writeTask(program, run, person), encoding: "utf16le" },
      { kind: "run", command: ["schtasks", "/Create", "/TN", name, "/XML", file, "/F"] },
      { kind: "remove", path: file },
      { kind: "run", command: ["schtasks", "/Run", "/TN", name] },
    ],
    told: "It runs, and starts when you sign in, as a scheduled task of yours.",
    otherwise: {
      steps: [
        { kind: "remove", path: file },
        {
          kind: "run",
          command: [
            "reg",
            "add",
            RUN_KEY,
            ...["/v", RUN_VALUE],
            ...["/t", "REG_EXPAND_SZ"],
            ...["/d", writeRunLine(program, run)],
            "/f",
          ],
        },
      ],
      told: "This machine lets you make no task, so Windows starts it at your next sign-in. Now: etabli run",
    },
  };
}

export function windowsUninstall(place: Place, machine: Machine): Step[] {
  const name = taskName(place.user);
  const steps: Step[] = [];
  if (machine.run(["schtasks", "/Query", "/TN", name]).code === 0)
    steps.push(...windowsStop(place), {
      kind: "run",
      command: ["schtasks", "/Delete", "/TN", name, "/F"],
    });
  if (machine.run(["reg", "query", RUN_KEY, "/v", RUN_VALUE]).code === 0)
    steps.push({ kind: "run", command: ["reg", "delete", RUN_KEY, "/v", RUN_VALUE, "/f"] });
  return steps;
}
