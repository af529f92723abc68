import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { getAsset, getRawAsset } from "node:sea";
import { CONTENTS_FILE, type Contents, contents as contentsSchema } from "./contents.ts";

/*
 * The single file carries native parts and the desk page inside, but the system loads native code, and the desk serves
 * pages, from files alone. They are placed in the agent's folder, which its owner alone can enter: once for each build,
 * found again by each later start, and gone with the folder.
 */

/** Tells the processes this one starts where the files are. */
const PLACE_VARIABLE = "ETABLI_PROGRAM_FILES";

let home = process.env[PLACE_VARIABLE] ?? join(tmpdir(), "etabli-agent");
let known: Contents | null = null;

/** Under which folder files are placed from now on: the agent's. */
export function placeFilesIn(agentFolder: string): void {
  home = agentFolder;
  process.env[PLACE_VARIABLE] = agentFolder;
}

/** Places one of the files inside, unless an earlier start did, and gives its path. */
export function placeFile(name: string): string {
  const path = join(buildFolder(), name);
  // Its bytes are not read to see whether they are there already: as long as nobody does, they take no memory.
  const asset = getRawAsset(name);
  const bytes = typeof asset === "string" ? Buffer.from(asset) : new Uint8Array(asset);
  if (existsSync(path) && statSync(path).size === bytes.length) return path;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, bytes, { mode: 0o700 });
  renameSync(draft, path);
  return path;
}

/** Places the desk page, and gives its folder. */
export function placeDeskPage(): string {
  for (const name of readContents().files) if (name.startsWith("desk/")) placeFile(name);
  return join(buildFolder(), "desk");
}

/** Removes what other builds placed. The caller holds the folder's lock. */
export function removeOtherBuilds(): void {
  const { build } = readContents();
  const folder = join(home, "program");
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name === build) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function buildFolder(): string {
  return join(home, "program", readContents().build);
}

function readContents(): Contents {
  known ??= contentsSchema.parse(JSON.parse(getAsset(CONTENTS_FILE, "utf8")));
  return known;
}
