import type { Terminal } from "../cli/terminal.ts";
import { controlAddress } from "../control/address.ts";
import { deleteData, describeData } from "./delete-data.ts";
import { linuxUninstall } from "./linux.ts";
import { macosUninstall } from "./macos.ts";
import { type Place, readPlace } from "./place.ts";
import { carryOut, describeSteps, type Machine, type Step, thisMachine } from "./step.ts";
import { hasEnded } from "./wait-for-end.ts";
import { windowsUninstall } from "./windows.ts";

/** What takes away what an installation left on this system. */
export function uninstallSteps(place: Place, machine: Machine): Step[] {
  if (place.platform === "win32") return windowsUninstall(place, machine);
  return place.platform === "darwin"
    ? macosUninstall(place, machine)
    : linuxUninstall(place, machine);
}

/** Stops the service and takes away what `install` made; the data stays unless it is to go too. */
export async function uninstall(
  terminal: Terminal,
  folder: string,
  wanted: { dryRun: boolean; deleteData: boolean; yes: boolean },
  machine: Machine = thisMachine,
): Promise<number> {
  const { print, say } = terminal;
  const steps = uninstallSteps(readPlace({ ...terminal, run: [] }), machine);
  if (wanted.dryRun) {
    print(describeSteps(steps));
    if (wanted.deleteData) print(`delete ${folder}\n`);
    say("Nothing was done.");
    return 0;
  }
  carryOut(steps, machine);
  print(
    steps.length === 0
      ? "Nothing was installed here.\n"
      : "What install made is gone; it starts by itself no more.\n",
  );
  const isOver = await hasEnded(
    controlAddress(folder, terminal.platform),
    steps.length > 0 ? 30 : 1,
  );
  if (!isOver) say("An agent still runs here, started by hand. End it with Ctrl+C.");
  const left = describeData(folder);
  if (left === null) return 0;
  if (!wanted.deleteData) {
    print(`${left} To delete that too: etabli uninstall --delete-data\n`);
    return 0;
  }
  say(left);
  if (!wanted.yes && !(await terminal.confirm(`Delete ${folder} for good?`))) {
    say("Nothing was deleted. To delete without being asked: --yes");
    return 1;
  }
  const others = deleteData(folder);
  print(
    others.length === 0
      ? `Deleted: ${folder}\n`
      : `Deleted what was the agent's in ${folder}. Not its own, and left there: ${others.length} files or folders.\n`,
  );
  return 0;
}
