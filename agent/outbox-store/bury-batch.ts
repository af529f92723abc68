import type { Ack, Gap } from "#schema/batch";
import type { SealedBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { wrapJson } from "./record.ts";
import { takeSealed, tellGap } from "./sealed-queue.ts";
import { gapInside } from "./sealed-record.ts";
import { addGap } from "./state.ts";

const MAX_DEAD_LETTERS = 100;

/**
 * Moves a batch to the dead letters; `ack` is null when it was damaged here. What was in it will never be at the
 * site, so its number is told as a gap; except on a conflict, where the site holds another batch of that number.
 */
export function buryBatch(change: Change, epoch: number, seq: number, ack: Ack | null): void {
  const { state } = change;
  const lost = takeSealed(change, epoch, seq);
  // A site that refuses everything refuses the news of it too: that must push no recorded event out of the letters.
  const isNewsOnly = lost !== null && lost.events === 0;
  if (!isNewsOnly) keepDeadLetter(change, { epoch, seq, ack, text: textOf(lost) });
  if (ack === null) {
    tellGap(change, epoch, seq, "corrupt");
    return;
  }
  const carried = lost ? gapInside(lost.bytes) : undefined;
  const gapRefused = ack.refusals?.some(({ path }) => path.startsWith("gap")) ?? false;
  if (carried && !gapRefused) state.gaps = addGap(state.gaps, carried);
  if (ack.status === "refused" && !isNewsOnly) tellGap(change, epoch, seq, reasonOf(ack));
}

function keepDeadLetter({ tables, state }: Change, letter: DeadLetter): void {
  tables.dead.putSync(state.nextDead, wrapJson(letter));
  state.dead += 1;
  state.nextDead += 1;
  // Older ones may have gone already, by age.
  while (state.dead > MAX_DEAD_LETTERS) {
    const [oldest] = [...tables.dead.getKeys({ limit: 1 })];
    if (oldest === undefined) return;
    tables.dead.removeSync(oldest);
    state.dead -= 1;
  }
}

function textOf(sealed: SealedBatch | null): string {
  return sealed ? Buffer.from(sealed.bytes).toString("utf8") : "";
}

function reasonOf({ refusals }: Ack): Gap["reason"] {
  return refusals?.some(({ reason }) => reason.startsWith("too-late")) ? "too-late" : "refused";
}
