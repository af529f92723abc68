import { expect } from "vitest";
import type { Batch } from "#schema/batch";
import { type GateContext, passGate } from "#server/ingest/gate";
import { bytesOf, charters, makeBatch, NOW, WORKSTATION } from "./batches.ts";

export const context: GateContext = {
  workstation: WORKSTATION,
  person: "0b9ad4f5-1111-4222-8333-444455556666",
  epoch: 3,
  charters,
  now: NOW,
  retentionSuspended: false,
};

/** Why the gate refuses these bytes; fails when it does not. */
export function refusalsFor(bytes: Uint8Array, changes: Partial<GateContext> = {}) {
  const outcome = passGate(bytes, { ...context, ...changes });
  if (outcome.pass) throw new Error("it passed");
  expect(outcome.ack.status).toBe("refused");
  return outcome.ack.refusals ?? [];
}
export const refuse = (value: unknown, changes: Partial<GateContext> = {}) =>
  refusalsFor(bytesOf(value), changes);

/** A batch text in which one number or word stands as JSON could never be written by `stringify`. */
export function rawBatch(
  find: string,
  replacement: string,
  fields: Partial<Batch> = {},
): Uint8Array {
  const text = JSON.stringify(makeBatch(fields));
  expect(text).toContain(find);
  return new TextEncoder().encode(text.replace(find, replacement));
}
