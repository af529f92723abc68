import { rmSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../private-file.ts";

/** Less than a ticket is good for, and more than a browser takes to start. */
export const OPENING_FILE_MS = 60_000;

/** Where that page is. */
export function openingFile(folder: string): string {
  return join(folder, "open-desk.html");
}

/**
 * Writes a page, readable by its owner alone, that leads on to an address. A browser is started with the name of this
 * file, since every user of the machine can read what a program is started with, and might come in first.
 */
export function writeOpeningFile(folder: string, address: string): void {
  // The parser leaves no quote and no angle bracket as it is.
  const target = new URL(address).href.replaceAll("&", "&amp;");
  writePrivateFile(
    openingFile(folder),
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${target}">
<title>Établi</title>
<p><a href="${target}">Your desk page</a></p>
</html>
`,
  );
}

/** Removes that page, if there is one. */
export function removeOpeningFile(folder: string): void {
  try {
    rmSync(openingFile(folder), { force: true });
  } catch {
    // Held open by a program, as Windows knows it: its ticket is good once, and the next such page takes its place.
  }
}
