import type { Clock } from "../clock.ts";

/** What several watchers say of the same thing, each until its word expires. */
export interface Signal<Value> {
  /** A watcher's word, good for so many milliseconds. */
  say(watcher: string, value: Value, forMilliseconds: number): void;
  /** No word counts any longer. */
  clear(): void;
}

/**
 * Tells changes of what the watchers agree on; null when none has a word that counts, or when two differ: then it is
 * not known which of them speaks of what is in front.
 */
export function makeSignal<Value>(
  clock: Clock,
  onChange: (value: Value | null) => void,
): Signal<Value> {
  const words = new Map<string, { value: Value; cancel: () => void }>();
  let told: Value | null = null;

  function tell(): void {
    const values = new Set([...words.values()].map(({ value }) => value));
    const [only] = values;
    const agreed = values.size === 1 && only !== undefined ? only : null;
    if (agreed === told) return;
    told = agreed;
    onChange(agreed);
  }

  function forget(watcher: string): void {
    words.get(watcher)?.cancel();
    words.delete(watcher);
  }

  return {
    say(watcher, value, forMilliseconds) {
      forget(watcher);
      const cancel = clock.after(forMilliseconds, () => {
        words.delete(watcher);
        tell();
      });
      words.set(watcher, { value, cancel });
      tell();
    },
    clear() {
      for (const watcher of [...words.keys()]) forget(watcher);
      tell();
    },
  };
}
