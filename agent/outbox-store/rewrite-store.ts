import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "../private-file.ts";
import { wrapJson } from "./record.ts";
import type { OutboxState } from "./state.ts";
import { openTables, type Tables } from "./tables.ts";

/** Where a store is written anew before it takes the place of the old one. */
export function rewrittenPath(path: string): string {
  return `${path}.rewritten`;
}

/** Removes a store file and its lock. */
export function removeStore(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}-lock`, { force: true });
}

/** Copies all records, with another state, to a fresh file: in it stands nothing that was ever deleted. */
export function writeFreshCopy(
  tables: Tables,
  state: OutboxState,
  path: string,
  key: string | null,
): void {
  removeStore(path);
  const fresh = openTables(path, key);
  try {
    fresh.root.transactionSync(() => {
      for (const { key: name, value } of tables.state.getRange()) fresh.state.putSync(name, value);
      fresh.state.putSync("state", wrapJson(state));
      for (const { key: number, value } of tables.open.getRange())
        fresh.open.putSync(number, value);
      for (const name of ["sealed", "sent"] as const)
        for (const { key: batch, value } of tables[name].getRange())
          fresh[name].putSync(batch, value);
      for (const { key: number, value } of tables.dead.getRange())
        fresh.dead.putSync(number, value);
      for (const { key: left, value } of tables.mirror.getRange())
        fresh.mirror.putSync(left, value);
    });
  } finally {
    // Closed when the call returns: nothing is ever written or prefetched in the background here.
    void fresh.root.close();
  }
}

/** Puts a closed store file in the place of another closed one. */
export function replaceStore(path: string, by: string): void {
  rmSync(`${path}-lock`, { force: true });
  renameSync(by, path);
  syncFolder(dirname(path));
  removeStore(by);
}
