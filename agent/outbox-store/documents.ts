import { z } from "zod";
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

/** Charters before the one in force that are kept for what was recorded under them; a site changes its own rarely. */
const MAX_EARLIER = 8;

/** From now on this charter is in force; those before it stay known for a while. */
export function keepCharter({ tables }: Change, charter: CharterInForce): void {
  const before = [readCharter(tables) ?? [], readEarlier(tables)].flat();
  const earlier = before.filter(({ sha256 }) => sha256 !== charter.sha256).slice(0, MAX_EARLIER);
  tables.state.putSync("earlier charters", wrapJson(earlier));
  tables.state.putSync("charter", wrapJson(charter));
}

/** A charter that is or was in force; null when it is not known here. */
export function readCharterOf(tables: Tables, sha256: string): CharterInForce | null {
  const known = [readCharter(tables) ?? [], readEarlier(tables)].flat();
  return known.find((charter) => charter.sha256 === sha256) ?? null;
}

function readEarlier(tables: Tables): CharterInForce[] {
  const record = tables.state.get("earlier charters");
  if (record === undefined) return [];
  const parsed = z.array(charterInForce).safeParse(unwrapJson(record));
  return parsed.success ? parsed.data : [];
}
