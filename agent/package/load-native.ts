import { placeFile } from "./place-files.ts";

/** Loads a native part out of the single file; takes the place of what packages find theirs with. */
export function loadNative(name: string): unknown {
  const holder: { exports: unknown } = { exports: {} };
  process.dlopen(holder, placeFile(name));
  return holder.exports;
}
