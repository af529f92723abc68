import type { Clock } from "../../clock.ts";
import { type RunCommand, runCommand } from "./run-command.ts";

/** Part of macOS, and needs no permission. */
const IOREG = "/usr/sbin/ioreg";
/**
 * One walk down to the input system, four levels deep: what has this name or this class is printed with its
 * properties, all else by its name alone: see `man ioreg`.
 */
const BOTH = ["-w", "0", "-d", "4", "-n", "Root", "-c", "IOHIDSystem"];
/** Where that shows one of them not, each by itself. */
const INPUT_ALONE = ["-r", "-d", "1", "-w", "0", "-c", "IOHIDSystem"];
const LOCK_ALONE = ["-n", "Root", "-d", "1", "-w", "0"];
/** Two that look every 15 s are never both further than this from the last answer. */
const SHARED_MS = 8_000;
const NANOSECONDS_PER_MS = 1_000_000;

/** What macOS tells of input and of the lock; null when it does not say. Rejects when it does not answer. */
export interface Registry {
  /** Milliseconds since the last input, up to 8 s ago. */
  inputAge(): Promise<number | null>;
  isLocked(): Promise<boolean | null>;
}

/** One `ioreg` for both who ask; only the two answers are held, not what it prints. */
export function shareRegistry(options: {
  clock: Clock;
  run?: RunCommand;
  user?: number;
}): Registry {
  const { clock, run = runCommand, user = process.getuid?.() ?? -1 } = options;
  let asked: { at: number; answer: ReturnType<typeof ask> } | null = null;

  async function ask() {
    const output = await run(IOREG, BOTH).catch(() => "");
    return { age: inputAgeOf(output), isLocked: lockedOf(output, user) };
  }
  function askShared() {
    const at = clock.monotonic();
    if (asked === null || at - asked.at >= SHARED_MS) asked = { at, answer: ask() };
    return asked.answer;
  }

  return {
    async inputAge() {
      return (await askShared()).age ?? inputAgeOf(await run(IOREG, INPUT_ALONE));
    },
    async isLocked() {
      return (await askShared()).isLocked ?? lockedOf(await run(IOREG, LOCK_ALONE), user);
    },
  };
}

/** The age in what `ioreg` prints of its input system, in milliseconds; the smallest where there are several. */
export function inputAgeOf(output: string): number | null {
  const ages = [...output.matchAll(/"HIDIdleTime"\s*=\s*(\d+)/g)].map((hit) => Number(hit[1]));
  return ages.length === 0 ? null : Math.floor(Math.min(...ages) / NANOSECONDS_PER_MS);
}

/**
 * Whether this user's session is locked, from the sessions that `ioreg` lists for its root: locked too when it is not
 * on the screen. Null when no sessions are listed.
 */
export function lockedOf(output: string, user: number): boolean | null {
  const sessions = /"IOConsoleUsers"\s*=\s*\((.*)\)/.exec(output)?.[1];
  if (sessions === undefined) return null;
  const own = sessions
    .split("},{")
    .find((session) => new RegExp(`"kCGSSessionUserIDKey"\\s*=\\s*${user}\\b`).test(session));
  if (own === undefined) return true;
  return (
    !/"kCGSSessionOnConsoleKey"\s*=\s*Yes\b/.test(own) ||
    /"CGSSessionScreenIsLocked"\s*=\s*(Yes|1)\b/.test(own)
  );
}
