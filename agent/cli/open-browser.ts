import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { openingFile, writeOpeningFile } from "../desk/opening-file.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The program that opens a file in the person's browser; null where there is no screen to open it on. */
export function browserCommand(
  path: string,
  platform: NodeJS.Platform,
  env: Environment,
): readonly [string, ...string[]] | null {
  // Words that no shell divides or reads otherwise: blanks are written as %20 already.
  const file = pathToFileURL(path).href.replaceAll("&", "%26");
  if (platform === "darwin") return ["open", file];
  // `start` takes a first word in quotes for the title of a window.
  if (platform === "win32") return ["cmd", "/c", "start", "", file];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open", file] : null;
}

/**
 * Opens an address that lets in whoever comes with it first, through a page in the agent's folder: it is in no list of
 * running programs. Does not wait for the browser.
 * @returns whether there is a program that opens it, and it could be started
 */
export async function openPrivately(
  address: string,
  { folder, platform, env }: { folder: string; platform: NodeJS.Platform; env: Environment },
): Promise<boolean> {
  const command = browserCommand(openingFile(folder), platform, env);
  if (command === null) return false;
  writeOpeningFile(folder, address);
  return await start(command, env);
}

function start(
  [program, ...words]: readonly [string, ...string[]],
  env: Environment,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      ...{ detached: true, stdio: "ignore", windowsHide: true },
      env: { ...env },
    });
    child.once("spawn", () => resolve(true));
    child.once("error", () => resolve(false));
    child.unref();
  });
}
