import type { Reply } from "../control/messages.ts";
import { lockAgentFolder } from "../folder-lock.ts";
import type { Identity } from "../identity.ts";
import { readIdentity } from "../identity.ts";
import type { RunOptions } from "../run.ts";
import { isShared, type Profile, SignInError, unlockProfile } from "./profiles.ts";
import { done, refuse } from "./reply.ts";
import { type Session, startSession } from "./start-session.ts";

/** On a shared machine, one whose screen was locked, or whose shift was over, for so long has left it. */
const LEFT_MS = 10 * 60_000;
const MAX_WAIT_MS = 60_000;

interface Sitting {
  folder: string;
  identity: Identity;
  key?: Buffer;
}

/**
 * Who is at this machine: one person at a time, and on a shared one nobody until they sign in. `onLeave` is called when
 * a person has left, so that nothing of theirs stays open.
 */
export function keepSeat(options: RunOptions, onLeave: () => void) {
  const { folder: home, clock, say } = options;
  let session: Session | null = null;
  let unlock = () => {};
  let wrong = 0;
  let waitUntil = Number.NEGATIVE_INFINITY;
  let cancelLeave = () => {};
  /** Signing in and out one after the other: two at once would open a folder twice. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = queue.then(task);
    queue = turn.catch(() => {});
    return turn;
  };

  async function open(sitting: Sitting): Promise<void> {
    cancelLeave();
    session = await startSession({
      ...options,
      ...sitting,
      onPresence: (presence) => watchLeaving("locked", presence === "locked"),
      onRecording: (state) => watchLeaving("off", state === "outside-hours"),
    });
  }

  const signs = new Set<"locked" | "off">();
  function watchLeaving(sign: "locked" | "off", isThere: boolean): void {
    if (!isShared(home) || signs.has(sign) === isThere) return;
    if (isThere) signs.add(sign);
    else signs.delete(sign);
    cancelLeave();
    if (signs.size === 0) return;
    cancelLeave = clock.after(LEFT_MS, () => {
      say("Nobody seems to be here any more: signed out.");
      void inTurn(leave);
    });
  }

  async function leave(): Promise<void> {
    cancelLeave();
    signs.clear();
    const left = session;
    session = null;
    if (!left) return;
    onLeave();
    await left.stop();
    unlock();
    unlock = () => {};
  }

  function unlockSeat(name: string, passphrase: string): Profile | Reply {
    const left = waitUntil - clock.monotonic();
    if (left > 0)
      return refuse("wait", `Wait ${Math.ceil(left / 1000)} seconds before the next try.`);
    try {
      const profile = unlockProfile(home, name, passphrase);
      wrong = 0;
      return profile;
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      wrong += 1;
      waitUntil = clock.monotonic() + Math.min(MAX_WAIT_MS, 500 * 2 ** wrong);
      return refuse("wrong-passphrase", error.message);
    }
  }

  return {
    get session() {
      return session;
    },
    open,
    signIn: (name: string, passphrase: string): Promise<Reply> =>
      inTurn(async () => {
        if (!isShared(home))
          return refuse("not-shared", "This workstation is yours alone: nobody signs in here.");
        const profile = unlockSeat(name, passphrase);
        if ("ok" in profile) return profile;
        const { folder, key } = profile;
        const identity = readIdentity(folder, key);
        if (!identity)
          return refuse("failed", "The enrolment was not finished. Again: etabli enrol --shared");
        await leave();
        // Also when nobody was here: a page still open from before shows the next person nothing.
        onLeave();
        unlock = lockAgentFolder(folder);
        await open({ folder, identity, key });
        return done("signed-in", "Signed in. What is recorded: etabli status");
      }),
    signOut: (): Promise<Reply> =>
      inTurn(async () => {
        if (!isShared(home))
          return refuse("not-shared", "This workstation is yours alone: nobody signs in here.");
        if (!session) return refuse("signed-out", "Nobody is signed in.");
        await leave();
        return done("signed-out", "Signed out. Nothing of yours can be read on this machine now.");
      }),
    close: () => inTurn(leave),
  };
}
