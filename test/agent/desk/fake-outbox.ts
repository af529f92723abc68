import { createHash } from "node:crypto";
import type { Comparison, Held, HeldEvent, Mirrored } from "#agent/control/held";
import type { Reply } from "#agent/control/messages";
import type { Batch } from "#schema/batch";

type Refused = NonNullable<Extract<Reply, { ok: true }>["refused"]>;

const at = (clock: string) => `2026-11-25T${clock}.000+01:00`;

/** A batch as it is sealed: its bytes as text, and their hash. */
function seal(seq: number, clock: string, spans: Batch["spans"]) {
  const batch: Batch = {
    workstation: "8f3a1c52-6f0e-4c0b-9d55-2f7f5f0a9b11",
    epoch: 2,
    seq,
    charter: "c3".repeat(32),
    sealedAt: at(clock),
    spans,
    marks: [],
    tallies: [],
  };
  const text = JSON.stringify(batch);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const { epoch, sealedAt } = batch;
  return { view: { epoch, seq, sha256, events: spans.length, bytes: text.length, sealedAt }, text };
}

const contact = (from: string, to: string, label: string): Batch["spans"][number] => ({
  kind: "contact",
  start: at(from),
  end: at(to),
  source: "declared",
  label,
});
const focus = (from: string, to: string, label: string): Batch["spans"][number] => ({
  kind: "focus",
  start: at(from),
  end: at(to),
  source: "sensed",
  label,
});

function openEvent(number: number, type: HeldEvent["type"], event: HeldEvent["event"]): HeldEvent {
  return { id: `open/${number}`, type, event, readyAt: at("10:35:00") };
}

/** What waits in the middle of a morning: events held back, a sealed batch, and one on its way. */
export function makeHeld(): Held {
  const sealed = [contact("09:58:10", "10:03:45", "billing"), focus("09:58:10", "10:03:45", "crm")];
  const sent = [contact("09:41:00", "09:52:20", "moving house")];
  const batchOf = (seq: number, clock: string, spans: Batch["spans"], isSent: boolean) => {
    const { view, text } = seal(seq, clock, spans);
    const contents = spans.map(
      (event, index): HeldEvent => ({
        id: `2/${seq}/${index}`,
        type: "span",
        event,
        readyAt: null,
      }),
    );
    return { ...view, text, sent: isSent, contents };
  };
  return {
    open: [
      openEvent(31, "span", contact("10:04:10", "10:09:00", "billing")),
      openEvent(32, "span", focus("10:04:10", "10:07:30", "crm")),
      openEvent(33, "mark", {
        kind: "interrupt",
        at: at("10:06:12"),
        label: "colleague",
        until: at("10:08:00"),
      }),
      openEvent(34, "span", {
        kind: "research",
        start: at("10:09:00"),
        end: at("10:12:00"),
        source: "declared",
        label: "printer setup",
        origin: "imposed",
      }),
      openEvent(35, "tally", {
        start: at("10:10:00"),
        label: "crm",
        activeSeconds: 140,
        keys: 412,
        clicks: 37,
        doubleClicks: 2,
        scrolls: 18,
        pauses: 1,
      }),
    ],
    truncated: false,
    batches: [batchOf(41, "09:53:00", sent, true), batchOf(42, "10:04:00", sealed, false)],
    underWay: [
      { kind: "contact", label: "billing", start: at("10:12:00"), source: "declared" },
      { kind: "focus", label: "crm", start: at("10:15:20"), source: "sensed" },
    ],
  };
}

/** What left earlier, with its bytes, and what a site says that has all of it but for one event of the last. */
export function makeMirror(): { mirror: Mirrored[]; texts: Map<number, string> } {
  const sealed = [
    seal(38, "09:05:00", [contact("09:00:30", "09:04:20", "billing")]),
    seal(39, "09:20:00", [
      contact("09:04:20", "09:12:00", "billing"),
      focus("09:04:20", "09:18:00", "crm"),
    ]),
    seal(40, "09:40:00", [contact("09:20:00", "09:39:00", "contracts")]),
  ];
  return {
    mirror: sealed.map(({ view }) => ({ ...view, takenAt: view.sealedAt.replace(":00.", ":02.") })),
    texts: new Map(sealed.map(({ view, text }) => [view.seq, text])),
  };
}

/** The site's answer to a comparison; it has lost the batches of those numbers. */
export function compareWith(mirror: readonly Mirrored[], lost: readonly number[]): Comparison[] {
  return mirror.map(({ epoch, seq, sha256, events }) => {
    const isLost = lost.includes(seq);
    return {
      epoch,
      seq,
      sha256,
      siteSha256: isLost ? null : sha256,
      events,
      eventsSame: isLost ? 0 : events,
      same: !isLost,
    };
  });
}

export const refused: Refused = [
  {
    epoch: 2,
    seq: 12,
    ack: {
      epoch: 2,
      seq: 12,
      status: "refused",
      refusals: [{ path: "spans.0.end", reason: "lies in the future" }],
    },
    text: '{"workstation":"8f3a1c52-6f0e-4c0b-9d55-2f7f5f0a9b11","epoch":2,"seq":12}',
  },
];
