import { spawn } from "node:child_process";

/** The program that opens an address in the person's browser; null where there is no screen to open it on. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] | null {
  if (platform === "darwin") return ["open", address];
  // `start` takes a first word in quotes for the title of a window.
  if (platform === "win32") return ["cmd", "/c", "start", "", address];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open", address] : null;
}

/** Opens it, and does not wait for the browser. @returns whether the program that opens it could be started */
export function openBrowser([program, ...words]: readonly [string, ...string[]]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { detached: true, stdio: "ignore", windowsHide: true });
    child.once("spawn", () => resolve(true));
    child.once("error", () => resolve(false));
    child.unref();
  });
}
