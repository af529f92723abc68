import type { Trouble } from "../control/messages.ts";

export type Troubles = ReturnType<typeof keepTroubles>;

/** What the person should know, until it is over; each is said once. */
export function keepTroubles(say: (line: string) => void) {
  const known = new Map<string, Trouble>();
  return {
    add(code: Trouble["code"], message: string): void {
      if (known.has(message)) return;
      say(message);
      known.set(message, { code, message });
    },
    /** Of that kind there is only this one now; null: none. */
    set(code: Trouble["code"], message: string | null): void {
      for (const [key, trouble] of known)
        if (trouble.code === code && trouble.message !== message) known.delete(key);
      if (message !== null && !known.has(message)) this.add(code, message);
    },
    list: (): Trouble[] => [...known.values()],
  };
}
