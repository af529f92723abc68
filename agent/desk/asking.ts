import { AsyncLocalStorage } from "node:async_hooks";

/** Which page has a command done just now. */
export interface Asking {
  /** Does a command for a page's session, or for another program (null). */
  during<Result>(session: string | null, task: () => Promise<Result> | Result): Promise<Result>;
  /** The session of the page whose command this is; null outside of any, and once it has been answered. */
  current(): string | null;
}

/**
 * Node hands the context of a command on to every timer set in its course. What such a timer does later is nobody's
 * command, so the context is emptied when the command has been done.
 */
export function createAsking(): Asking {
  const commands = new AsyncLocalStorage<{ session: string | null }>();
  return {
    async during(session, task) {
      const command = { session };
      try {
        return await commands.run(command, task);
      } finally {
        command.session = null;
      }
    },
    current: () => commands.getStore()?.session ?? null,
  };
}
