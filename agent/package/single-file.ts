import { isSea } from "node:sea";

/** Whether this program is the single file, with Node and everything else inside. */
export function isSingleFile(): boolean {
  return isSea();
}

/** Asks the single file, which runs no script that is handed to it, to check a store. */
export const CHECK_STORE_WORD = "--check-store";
