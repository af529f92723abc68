import { formatInZone } from "#schema/time";
import type { Held } from "../control/held.ts";
import type { Bench } from "./answer.ts";

/** Events and batches listed at once; a day's work is a few hundred. */
const MAX_OPEN = 2000;
const MAX_BATCHES = 200;

/** All that waits here, in the form in which it will leave. */
export function listHeld({ outbox, recorder, permission, clock, zone }: Bench): Held {
  const now = clock.now();
  const wait = permission.holdBackMinutes() * 60_000;
  const open = outbox.listOpen(MAX_OPEN + 1);
  const sealed = outbox.listSealed(MAX_BATCHES + 1);
  return {
    open: open.slice(0, MAX_OPEN).map(({ number, type, event, heldMs }) => ({
      id: `open/${number}`,
      type,
      event,
      readyAt: formatInZone(now + Math.max(0, wait - heldMs), zone),
    })),
    truncated: open.length > MAX_OPEN || sealed.length > MAX_BATCHES,
    batches: sealed.slice(0, MAX_BATCHES).map(({ batch, sent, contents }) => ({
      epoch: batch.epoch,
      seq: batch.seq,
      sha256: batch.sha256,
      events: batch.events,
      bytes: batch.bytes.length,
      sealedAt: batch.sealedAt,
      sent,
      text: Buffer.from(batch.bytes).toString("utf8"),
      contents: contents.map(({ type, event }, index) => ({
        id: `${batch.epoch}/${batch.seq}/${index}`,
        type,
        event,
        readyAt: null,
      })),
    })),
    underWay: recorder.openSpans().map(({ start, content }) => ({
      kind: content.kind,
      source: content.source,
      start: formatInZone(start, zone),
      ...(content.label !== undefined && { label: content.label }),
    })),
  };
}
