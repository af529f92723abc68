import { formatTimestamp } from "#schema/time";
import type { Clock } from "../clock.ts";
import type { Sender } from "../sender.ts";
import { hoursWindow } from "./hours.ts";
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
    const window = hoursWindow(clock.now());
    sender
      .readPlanned({ from: formatTimestamp(window.from, 0), to: formatTimestamp(window.to, 0) })
      .then(
        (planned) => {
          if (!stopped && turn === asked) adopt(planned, window);
        },
        // No connection: it is asked when there is one. No answer: again in a while.
        () => {
          if (!stopped && turn === asked) cancelAgain = clock.after(AGAIN_MS, ask);
        },
      );
  }

  function adopt(
    planned: Parameters<Permission["adoptHours"]>[0],
    window: { from: number; to: number },
  ): void {
    try {
      permission.adoptHours(planned, window);
    } catch {
      // They are known now, and asked for again at the next start.
      troubles.add("disk", "Your agreed hours could not be written to disk. Free some space.");
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
