import { appendFileSync } from "node:fs";
import { systemClock } from "#agent/clock";
import { startInputHook } from "#agent/sensors/input-hook";
import { startWindowsInputAge, startWindowsLock } from "#agent/sensors/windows/presence";
import { startWindowsWindow } from "#agent/sensors/windows/window";

/*
 * Runs the senses on a Windows and writes what they tell, a JSON document a line, into a file: Node under Wine cannot
 * write to a pipe.
 */
const [, , file = "", childPath = ""] = process.argv;
const tell = (line: object) => appendFileSync(file, `${JSON.stringify(line)}\n`);
const onEnd = (reason: string) => tell({ ended: reason });
const clock = systemClock;

async function probe(): Promise<void> {
  const window = await startWindowsWindow({
    clock,
    onApplication: (application) => tell({ application }),
    onEnd,
  });
  tell({ sense: "window", state: window.state });
  const lock = await startWindowsLock({ clock, onLocked: (isLocked) => tell({ isLocked }), onEnd });
  tell({ sense: "lock", state: lock.state });
  const age = await startWindowsInputAge({ clock });
  tell({ sense: "age", state: age.state });
  if ("read" in age) setInterval(async () => tell({ age: await age.read() }), 250);
  const input = await startInputHook({
    clock,
    childPath,
    nodeOptions: [],
    onInput: (kind) => tell({ input: kind }),
    onEnd,
  });
  tell({ sense: "input", state: input.state });
}

void probe();
