import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** All bytes of all files below a folder. */
export function bytesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  return Buffer.concat(files.map((path) => readFileSync(path)));
}
