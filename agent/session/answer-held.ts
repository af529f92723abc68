import { millisecondsOf } from "#schema/time";
import type { Reply, Request } from "../control/messages.ts";
import type { Bench } from "./answer.ts";
import { compareMirror } from "./compare-mirror.ts";
import { listHeld } from "./list-held.ts";
import { done, refuse } from "./reply.ts";

const heldCommands = [
  "held",
  "held-delete",
  "held-correct",
  "mirror",
  "mirror-batch",
  "compare",
  "refused",
] as const;
export type HeldRequest = Extract<Request, { command: (typeof heldCommands)[number] }>;

export function isHeldRequest(request: Request): request is HeldRequest {
  return heldCommands.some((command) => command === request.command);
}

/** What waits here, what left, and what the person wants done with it. */
export async function answerHeld(request: HeldRequest, bench: Bench): Promise<Reply> {
  const { outbox, sender } = bench;
  switch (request.command) {
    case "held":
      return { ...done("held", ""), held: listHeld(bench) };
    case "held-delete":
      return deleteWindow(millisecondsOf(request.from), millisecondsOf(request.to), bench);
    case "held-correct": {
      const corrected = outbox.correctEvent(request.id, request.change);
      if (!corrected.ok) return refuse(corrected.code, corrected.message);
      const message = "Corrected here; it leaves as you see it now.";
      return corrected.wiped
        ? done("corrected", message)
        : done("corrected-not-wiped", `${message} ${notWiped}`);
    }
    case "mirror":
      return { ...done("mirror", ""), mirror: outbox.readMirror() };
    case "mirror-batch": {
      const found = outbox.readMirrored(request.epoch, request.seq);
      if (!found) return refuse("not-found", "No such batch left in the last 24 hours.");
      return { ...done("mirror-batch", ""), text: Buffer.from(found.bytes).toString("utf8") };
    }
    case "compare": {
      if (sender.state.kind !== "connected")
        return refuse(
          "not-connected",
          "The site cannot be asked now: there is no connection to it.",
        );
      const comparison = await compareMirror(outbox.readMirrorBatches(), sender);
      const differing = comparison.filter(({ same }) => !same).length;
      const message =
        differing === 0
          ? `The site holds exactly what left: ${countBatches(comparison.length)}.`
          : `${differing} of ${comparison.length} batches are not the same at the site.`;
      return { ...done(differing === 0 ? "same" : "different", message), comparison };
    }
    case "refused":
      return { ...done("refused", ""), refused: outbox.readDeadLetters() };
  }
}

function deleteWindow(from: number, to: number, bench: Bench): Reply {
  if (to <= from) return refuse("invalid", "The end of the window lies before its start.");
  const isForgotten = bench.forget({ from, to });
  const inOutbox = bench.outbox.deleteWindow(from, to);
  const deletion = { ...inOutbox, wiped: inOutbox.wiped && isForgotten };
  const { removed, cut, alreadySent, wiped } = deletion;
  const sent = alreadySent > 0 ? ` ${countBatches(alreadySent)} had left before.` : "";
  const traces = wiped ? "" : ` ${notWiped}`;
  const message = `Deleted: ${removed}, shortened: ${cut}.${sent}${traces}`;
  return { ...done("deleted", message), deletion };
}

const countBatches = (count: number) => (count === 1 ? "1 batch" : `${count} batches`);

const notWiped =
  "Its traces could not be wiped from the disk yet. Free some space; this is tried again.";
