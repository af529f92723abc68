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
        // The rest of the message names places in the file, another one each time.
        const [reason] = (error instanceof Error ? error.message : String(error)).split(":");
        const message = `Events cannot be written to disk (${reason}). Free some space.`;
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
