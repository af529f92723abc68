import type { Ack } from "#schema/batch";

/** What the site said of the batches so far. */
export interface AckTally {
  stored: number;
  duplicate: number;
  refused: number;
  conflict: number;
  /** Why the first refused batch was. */
  firstReason: string | null;
}

export const noAcks: AckTally = {
  stored: 0,
  duplicate: 0,
  refused: 0,
  conflict: 0,
  firstReason: null,
};

/** The tally with one more answer. `retry` decides nothing and counts nowhere. */
export function tallyAck(tally: AckTally, ack: Ack): AckTally {
  if (ack.status === "retry") return tally;
  const reason = ack.status === "refused" ? (ack.refusals?.[0]?.reason ?? "no reason given") : null;
  return {
    ...tally,
    [ack.status]: tally[ack.status] + 1,
    firstReason: tally.firstReason ?? reason,
  };
}

/** How many batches the site has decided about. */
export function decided(tally: AckTally): number {
  return tally.stored + tally.duplicate + tally.refused + tally.conflict;
}

/** What is wrong when not everything is in the store, and what to do about it; null when all is. */
export function explainRefusals(tally: AckTally): string | null {
  const parts: string[] = [];
  const total = decided(tally);
  if (tally.refused > 0)
    parts.push(
      `The site refused ${tally.refused} of ${total} batches. The first reason: ${tally.firstReason}.` +
        (tally.firstReason?.startsWith("too-late")
          ? " A log of the past belongs in a replay store: leave out --server, or start the server with --replay."
          : ""),
    );
  if (tally.conflict > 0)
    parts.push(
      `The site holds other content for ${tally.conflict} of ${total} batches: it was filled from another version of ` +
        "this log, another zone or another charter. Replay into an empty store.",
    );
  return parts.length === 0 ? null : parts.join("\n");
}
