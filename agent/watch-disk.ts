import { constants } from "node:os";

const { ENOSPC, EDQUOT, EFBIG, EIO, EROFS, EACCES, EPERM } = constants.errno;
const MDB_MAP_FULL = -30792;
/** What LMDB (numbers) and Node (names) call a disk that does not take what is written to it. */
const diskCodes = new Set<unknown>([
  ...[ENOSPC, EDQUOT, EFBIG, EIO, EROFS, EACCES, EPERM, MDB_MAP_FULL],
  ...["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS", "EACCES", "EPERM"],
]);

/**
 * Runs writes to disk and tells, once each time, that they fail and that they work again. A write that fails changes
 * nothing and is tried again by whoever asked for it.
 */
export function watchDisk(say: (line: string) => void) {
  let trouble: string | null = null;
  return {
    /** What the person should know; null when all is well. */
    trouble: () => trouble,
    write(task: () => void): boolean {
      try {
        task();
      } catch (error) {
        const message = explain(error);
        if (message !== trouble) say(message);
        trouble = message;
        return false;
      }
      if (trouble !== null) say("Events are written to disk again.");
      trouble = null;
      return true;
    },
  };
}

function explain(error: unknown): string {
  if (error instanceof Error && "code" in error && diskCodes.has(error.code)) {
    // The rest of the message names places in the file, another one each time.
    const [reason] = error.message.split(":");
    return `Events cannot be written to disk (${reason}). Free some space.`;
  }
  // Its name only: the message of a fault might quote what was recorded.
  const name = error instanceof Error ? error.name : "unknown";
  return `Events cannot be kept, by a fault of this program and not of the disk (${name}). Update it and start it again.`;
}
