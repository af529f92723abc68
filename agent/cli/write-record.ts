import type { Comparison, Held, Mirrored } from "../control/held.ts";
import type { Reply } from "../control/messages.ts";
import { type Look, paint, writeTable } from "./look.ts";
import type { Today } from "./read-time.ts";
import { writeEvent } from "./write-event.ts";
import { writeBytes, writeClock, writeCount, writeExactClock } from "./write-time.ts";

/** All that waits here, oldest first. */
export function writeHeld({ open, underWay, batches, truncated }: Held, today: Today): string {
  const parts: string[] = [];
  if (underWay.length > 0)
    parts.push(
      "Under way; each ends when the next one begins",
      writeTable(
        underWay.map(({ kind, label, start, source }) => [
          `since ${writeExactClock(start, today)}`,
          label === undefined ? kind : `${kind} ${label}`,
          source,
        ]),
      ),
    );
  parts.push(open.length === 0 ? "Held back: nothing\n" : "Held back");
  if (open.length > 0)
    parts.push(
      writeTable(
        open.map((event) => [
          ...writeEvent(event, today),
          event.readyAt === null ? "" : `leaves after ${writeClock(event.readyAt, today)}`,
        ]),
      ),
    );
  parts.push(batches.length === 0 ? "To send: nothing\n" : "To send");
  for (const batch of batches) {
    const events = writeCount(batch.events, "event", "events");
    const sent = batch.sent
      ? "sent, no answer yet: it may be at the site already"
      : "not sent yet: it can still be changed";
    parts.push(
      `  batch ${batch.epoch}/${batch.seq}, sealed ${writeClock(batch.sealedAt, today)}, ${events}, ${writeBytes(batch.bytes)}; ${sent}`,
      `  sha256 ${batch.sha256}`,
      writeTable(batch.contents.map((event) => writeEvent(event, today))),
    );
  }
  if (truncated) parts.push("More waits than is listed here.\n");
  return parts.map((part) => (part.endsWith("\n") ? part : `${part}\n`)).join("");
}

/** What left in the last day, newest first. */
export function writeMirror(mirror: readonly Mirrored[], today: Today): string {
  if (mirror.length === 0) return "Nothing left this machine in the last 24 hours.\n";
  return writeTable([
    ["batch", "left", "events", "bytes", "sha256"],
    ...mirror.map(({ epoch, seq, takenAt, events, bytes, sha256 }) => [
      `${epoch}/${seq}`,
      writeExactClock(takenAt, today),
      `${events}`,
      `${bytes}`,
      sha256,
    ]),
  ]);
}

/** Batch by batch, whether the site holds what left. */
export function writeComparison(rows: readonly Comparison[], look: Look): string {
  const [header, ...lines] = writeTable([
    ["batch", "events", "here", "at the site", ""],
    ...rows.map(({ epoch, seq, events, eventsSame, sha256, siteSha256, same }) => [
      `${epoch}/${seq}`,
      `${eventsSame} of ${events}`,
      sha256.slice(0, 16),
      siteSha256 === null ? "not known" : siteSha256.slice(0, 16),
      same ? "the same" : "DIFFERS",
    ]),
  ]).split(/(?<=\n)/);
  if (rows.length === 0) return "";
  const painted = lines.map((line, index) =>
    rows[index]?.same === false ? paint(line, "bad", look) : line,
  );
  return `${header ?? ""}${painted.join("")}`;
}

type Refused = NonNullable<Extract<Reply, { ok: true }>["refused"]>;

/** What the site refused, with its reasons. */
export function writeRefused(refused: Refused): string {
  if (refused.length === 0) return "The site refused nothing.\n";
  return refused
    .map(({ epoch, seq, ack, text }) => {
      const reasons = ack !== null && "refusals" in ack ? (ack.refusals ?? []) : [];
      const lines = reasons.map(({ path, reason }) => `  ${path}: ${reason}\n`).join("");
      const size = writeBytes(Buffer.byteLength(text));
      return `batch ${epoch}/${seq}, ${size}: ${ack?.status ?? "no reason given"}\n${lines}`;
    })
    .join("");
}
