import type { PlannedReply } from "#schema/live";
import { formatTimestamp } from "#schema/time";
import type { Clock } from "../clock.ts";
import type { Sender } from "../sender.ts";
import { type Hours, hoursWindows } from "./hours.ts";
import type { Permission } from "./permission.ts";
import { repeat } from "./repeat.ts";
import type { Troubles } from "./troubles.ts";

/** Asked again so often, besides whenever the site says they changed: the week moves on. */
const ASK_MS = 6 * 3_600_000;
const AGAIN_MS = 60_000;

/** Keeps the person's agreed hours as the site has them. */
export function followHours(options: {
  sender: Sender;
  permission: Permission;
  clock: Clock;
  troubles: Troubles;
}) {
  const { sender, permission, clock, troubles } = options;
  let cancelAgain = () => {};
  let stopped = false;
  let asked = 0;

  function ask(): void {
    cancelAgain();
    asked += 1;
    const turn = asked;
    const windows = hoursWindows(clock.now());
    const questions = windows.map(({ from, to }) =>
      sender.readPlanned({ from: formatTimestamp(from, 0), to: formatTimestamp(to, 0) }),
    );
    Promise.all(questions).then(
      (told) => {
        if (!stopped && turn === asked) adopt(join(told, windows));
      },
      // No connection: it is asked when there is one. No answer: again in a while.
      () => {
        if (!stopped && turn === asked) cancelAgain = clock.after(AGAIN_MS, ask);
      },
    );
  }

  function adopt(told: Hours): void {
    try {
      permission.adoptHours(told);
      troubles.set("hours", null);
    } catch {
      // They are known now, and asked for again at the next start.
      troubles.set("hours", "Your agreed hours could not be written to disk. Free some space.");
    }
  }

  const cancelRepeat = repeat(clock, ASK_MS, ask);
  return {
    ask,
    stop() {
      stopped = true;
      cancelRepeat();
      cancelAgain();
    },
  };
}

/** The answers about neighbouring windows as one; a shift across their border is told in both. */
function join(
  told: readonly PlannedReply[],
  windows: readonly { from: number; to: number }[],
): Hours {
  const shifts = new Map(
    told.flatMap((each) => each.shifts.map((shift) => [shift.start, shift] as const)),
  );
  return {
    known: told.some(({ known }) => known),
    shifts: [...shifts.values()],
    from: Math.min(...windows.map(({ from }) => from)),
    to: Math.max(...windows.map(({ to }) => to)),
  };
}
