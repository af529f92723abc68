import type { Shift } from "#schema/archive";
import { millisecondsOf } from "#schema/time";
import type { Random } from "./random.ts";
import { type WorkLog, work } from "./work-log.ts";

/** Something set for a time of the day: it begins when the contact under way is over. */
export interface Appointment {
  /** Epoch ms. */
  at: number;
  keep: (log: WorkLog) => void;
}

const MINUTE = 60_000;

/** The day's breaks, briefing and training in order of time; some late, few lost, as it goes. */
export function planAppointments(shift: Shift, random: Random): Appointment[] {
  const start = millisecondsOf(shift.start);
  const list: Appointment[] = [];
  for (const planned of shift.breaks) {
    if (random.chance(0.03)) continue;
    const minutes = (millisecondsOf(planned.end) - millisecondsOf(planned.start)) / MINUTE;
    const share = random.chance(0.08) ? random.between(0.4, 0.6) : random.between(0.85, 1.1);
    list.push({
      at: millisecondsOf(planned.start) + breakDelay(random) * MINUTE,
      keep: (log) => {
        work(log, "break", minutes * share * 60, {
          source: "declared",
          origin: random.pick([
            ["imposed", 3],
            ["chosen", 1],
          ]),
        });
      },
    });
  }
  if (random.chance(0.5)) {
    list.push({
      at: start + random.between(20, 45) * MINUTE,
      keep: (log) => {
        work(log, "meeting", random.between(10, 20) * 60, {
          source: "declared",
          label: "briefing",
          origin: "imposed",
        });
      },
    });
  }
  if (random.chance(0.3)) list.push(planTraining(start, random));
  return list.sort((a, b) => a.at - b.at);
}

/** Minutes a planned break begins after its time, before the contact under way delays it further. */
function breakDelay(random: Random): number {
  return random.pick([
    [random.between(-2, 3), 70],
    [random.between(4, 14), 20],
    [random.between(15, 35), 10],
  ]);
}

function planTraining(start: number, random: Random): Appointment {
  const at = start + random.pick([[75, 1] as const, [275, 2] as const, [330, 1] as const]) * MINUTE;
  const cancelled = random.chance(0.2);
  const minutes = random.between(25, 45);
  return {
    at,
    keep: (log) => {
      if (cancelled) log.marks.push({ kind: "training_cancelled", at: log.at, label: "file" });
      else
        work(log, "training", minutes * 60, {
          source: "declared",
          label: "produit",
          origin: "imposed",
        });
    },
  };
}
