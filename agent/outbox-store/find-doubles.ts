import type { Batch } from "#schema/batch";
import { readBatch } from "../seal-batch.ts";
import type { Change } from "./change.ts";
import { listEvents, type TypedEvent } from "./open-event.ts";
import { readSealed } from "./sealed-queue.ts";
import { spellEvent } from "./spell-event.ts";
import { lastSeqOf } from "./state.ts";

/** What the site holds of this workstation in the time of a batch, by identity. */
export type EventsAtSite = ReadonlyMap<string, TypedEvent>;

/** What is known of another copy of this folder: the numbers over which the two met, and its events that stood for ours. */
export interface KnownCopy {
  seqs: ReadonlySet<string>;
  identities: ReadonlySet<string>;
}

/** The events of a batch that are still to be sent, and the identities under which the site holds the others. */
export interface Doubles {
  left: TypedEvent[];
  identities: string[];
}

/**
 * Finds what another copy of this folder has brought to the site already: events of the same content, each against one
 * there, under the number over which the two met or another one that did not come from here.
 */
export function findDoubles(
  change: Change,
  batch: Batch,
  atSite: EventsAtSite,
  copy: KnownCopy,
): Doubles {
  const isOfCopy = makeIsOfCopy(change, batch, copy);
  const free = new Map<string, string[]>();
  for (const [identity, event] of atSite) {
    const text = spellEvent(event);
    if (copy.identities.has(identity) || !isOfCopy(identity, text)) continue;
    free.set(text, [...(free.get(text) ?? []), identity]);
  }
  const identities: string[] = [];
  const left = listEvents(batch).filter((event) => {
    const identity = free.get(spellEvent(event))?.shift();
    if (identity !== undefined) identities.push(identity);
    return identity === undefined;
  });
  return { left, identities };
}

/** Whether an event at the site may have come from the copy: of what this outbox delivered, the site has it from here. */
function makeIsOfCopy({ tables, state }: Change, batch: Batch, copy: KnownCopy) {
  const { workstation, epoch } = batch;
  const lastSeq = lastSeqOf(state, epoch);
  const waiting = new Map<number, Set<string> | null>();

  /** What waits here under a number; null when nothing does. */
  function readWaiting(seq: number): Set<string> | null {
    const known = waiting.get(seq);
    if (known !== undefined) return known;
    const sealed = readSealed(tables, epoch, seq);
    const read = sealed && readBatch(sealed.bytes);
    const texts = read && new Set(listEvents(read).map(spellEvent));
    waiting.set(seq, texts);
    return texts;
  }

  return (identity: string, text: string): boolean => {
    const name = `${epoch}/${identity.split("/")[2]}`;
    if (!identity.startsWith(`${workstation}/${name}/`)) return false;
    const seq = Number(identity.split("/")[2]);
    if (seq === batch.seq || copy.seqs.has(name) || seq > lastSeq) return true;
    // Sent from here and not answered yet: it may be there from here or from the copy.
    const texts = readWaiting(seq);
    return texts !== null && !texts.has(text);
  };
}
