import { chmodSync } from "node:fs";
import { open } from "lmdb";

/** In a table of numbered batches: epoch, then number. */
export type BatchKey = [epoch: number, seq: number];
/** Left at (epoch ms), epoch, number. */
export type MirrorKey = [takenAt: number, epoch: number, seq: number];

/** Every table, as the check of a store counts them: `state` says how many records each other one holds. */
export const tableNames = ["state", "open", "sealed", "sent", "dead", "mirror"] as const;

/** How every process opens the store. Sync on commit: nothing here may weaken that. */
export const storeOptions = {
  noSubdir: true,
  // Commits are on disk when the call returns: the default here flushes after returning.
  overlappingSync: false,
  maxDbs: 8,
} as const;

/**
 * Opens the LMDB environment and its tables.
 * @param key see `deriveStoreKey`; with it every page is encrypted
 */
export function openTables(path: string, key: string | null) {
  const root = open<Buffer, string>({
    ...storeOptions,
    path,
    encoding: "binary",
    ...(key !== null && { encryptionKey: key }),
  });
  for (const file of [path, `${path}-lock`]) chmodSync(file, 0o600);
  const binary = { encoding: "binary" } as const;
  return {
    root,
    state: root.openDB<Buffer, string>({ name: "state", ...binary }),
    open: root.openDB<Buffer, number>({ name: "open", ...binary }),
    sealed: root.openDB<Buffer, BatchKey>({ name: "sealed", ...binary }),
    /** Batches of which a copy may be at the site. */
    sent: root.openDB<Buffer, BatchKey>({ name: "sent", ...binary }),
    dead: root.openDB<Buffer, number>({ name: "dead", ...binary }),
    mirror: root.openDB<Buffer, MirrorKey>({ name: "mirror", ...binary }),
  };
}
export type Tables = ReturnType<typeof openTables>;
