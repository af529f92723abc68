import { type CharterInForce, charterInForce } from "#schema/live";
import type { Change } from "./change.ts";
import { unwrapJson, wrapJson } from "./record.ts";
import type { Tables } from "./tables.ts";

/** The caller's note as last stored; undefined when there is none. */
export function readNote(tables: Tables): unknown {
  const record = tables.state.get("note");
  return record === undefined ? undefined : unwrapJson(record);
}

export function keepNote({ tables }: Change, note: unknown): void {
  tables.state.putSync("note", wrapJson(note));
}

/** The charter last kept; null when there is none. */
export function readCharter(tables: Tables): CharterInForce | null {
  const record = tables.state.get("charter");
  if (record === undefined) return null;
  const parsed = charterInForce.safeParse(unwrapJson(record));
  return parsed.success ? parsed.data : null;
}

export function keepCharter({ tables }: Change, charter: CharterInForce): void {
  tables.state.putSync("charter", wrapJson(charter));
}
