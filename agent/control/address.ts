import { createHash } from "node:crypto";
import { join, resolve } from "node:path";

/** Unix socket paths are at most 103 bytes on macOS, 107 on Linux. */
const MAX_SOCKET_PATH = 103;

/** Where the running agent of a folder listens: a socket inside it, on Windows a named pipe. */
export function controlAddress(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === "win32") {
    const name = createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 32);
    return `\\\\.\\pipe\\etabli-${name}`;
  }
  const path = join(resolve(folder), "agent.sock");
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH)
    throw new Error(`The agent's folder has too long a name: ${folder}. Choose a shorter one.`);
  return path;
}
