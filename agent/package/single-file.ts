import { isSea } from "node:sea";

/** Whether this program is the single file, with Node and everything else inside. */
export function isSingleFile(): boolean {
  return isSea();
}
