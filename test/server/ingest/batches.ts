import { createHash, randomUUID } from "node:crypto";
import type { Mark, Span, Tally } from "#schema/activity";
import type { Batch } from "#schema/batch";
import type { Charter } from "#schema/charter";
import { defaultCharter } from "#schema/charter-default";
import type { GatedBatch } from "#server/database/activity-write";
import { hashCharter } from "#server/database/charter";

/** The moment of these tests: 13:00 on a Wednesday in Paris. */
export const NOW = new Date("2026-11-25T12:00:00.000Z");

/** The default charter with all that agents can record on. */
export const openCharter: Charter = {
  ...defaultCharter,
  categories: defaultCharter.categories.map((category) => ({ ...category, on: true })),
};
export const openCharterHash = hashCharter(openCharter);
export const defaultCharterHash = hashCharter(defaultCharter);
export const charters: ReadonlyMap<string, Charter> = new Map([
  [openCharterHash, openCharter],
  [defaultCharterHash, defaultCharter],
]);

export function makeSpan(fields: Partial<Span> = {}): Span {
  return {
    kind: "contact",
    start: "2026-11-25T09:30:00.000+01:00",
    end: "2026-11-25T09:34:00.000+01:00",
    source: "declared",
    ...fields,
  };
}

export function makeMark(fields: Partial<Mark> = {}): Mark {
  return { kind: "interrupt", at: "2026-11-25T09:31:00.000+01:00", ...fields };
}

export function makeTally(fields: Partial<Tally> = {}): Tally {
  return {
    start: "2026-11-25T09:30:00.000+01:00",
    label: "crm",
    activeSeconds: 120,
    keys: 300,
    clicks: 40,
    doubleClicks: 3,
    scrolls: 12,
    pauses: 2,
    ...fields,
  };
}

export const WORKSTATION = "8f0e9a52-4d4e-4a67-9e0f-0d4c3b1a2f10";

export function makeBatch(fields: Partial<Batch> = {}): Batch {
  return {
    workstation: WORKSTATION,
    epoch: 1,
    seq: 1,
    charter: openCharterHash,
    sealedAt: "2026-11-25T09:35:00.000+01:00",
    spans: [makeSpan()],
    marks: [],
    tallies: [],
    ...fields,
  };
}

/** The bytes an agent would send of it. */
export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** A batch as the gate lets it through, of a person of its own unless one is named. */
export function makeGated(fields: Partial<Batch> = {}, person: string = randomUUID()): GatedBatch {
  const batch = makeBatch(fields);
  return { person, batch, sha256: createHash("sha256").update(bytesOf(batch)).digest() };
}
