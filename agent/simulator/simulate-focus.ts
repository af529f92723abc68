import { subtract, unionOf } from "#schema/intervals";
import { focusRun, GLANCE_CHANCE } from "./figures.ts";
import type { Random } from "./random.ts";
import type { WorkPiece } from "./work-log.ts";

type Weights = readonly (readonly [string, number])[];

const atDesk: Weights = [
  ["crm", 4],
  ["ticketing", 3],
  ["knowledge", 3],
  ["mail", 2],
  ["office", 1],
];
/** Which categories of application are in front during which work. */
const toolsFor: Partial<Record<WorkPiece["kind"], Weights>> = {
  contact: [
    ["crm", 5],
    ["knowledge", 3],
    ["billing", 2],
    ["remote_control", 1],
    ["telephony", 1],
    ["chat", 1],
  ],
  acw: [
    ["crm", 4],
    ["ticketing", 3],
    ["mail", 1],
  ],
  ready: [
    ["telephony", 2],
    ["mail", 2],
    ["chat", 2],
    ["knowledge", 1],
    ["browser", 1],
  ],
  training: [
    ["browser", 3],
    ["office", 1],
  ],
  meeting: [
    ["office", 2],
    ["chat", 1],
  ],
};

/** The layer of tools: which category of application is in front, all through the work but not in breaks. */
export function simulateFocus(pieces: readonly WorkPiece[], random: Random): WorkPiece[] {
  const breaks = pieces.filter((piece) => piece.kind === "break");
  const runs: WorkPiece[] = [];
  let index = 0;
  for (const stretch of subtract(unionOf(pieces), breaks)) {
    let at = stretch.start;
    let before = "";
    while (at < stretch.end) {
      while (index < pieces.length - 1 && (pieces[index]?.end ?? 0) <= at) index++;
      const weights = toolsFor[pieces[index]?.kind ?? "unknown"] ?? atDesk;
      const label = random.pick(weights.filter(([name]) => name !== before));
      const seconds = random.chance(GLANCE_CHANCE)
        ? random.between(1, 4)
        : random.lognormal(focusRun.median, focusRun.mean);
      const end = Math.min(stretch.end, at + Math.max(1, Math.round(seconds)) * 1000);
      runs.push({ kind: "focus", label, source: "sensed", start: at, end });
      before = label;
      at = end;
    }
  }
  return runs;
}
