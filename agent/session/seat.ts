import type { Reply } from "../control/messages.ts";
import { lockAgentFolder } from "../folder-lock.ts";
import type { BucketDefinition } from "../gateway/bucket-definition.ts";
import type { Identity } from "../identity.ts";
import { readIdentity } from "../identity.ts";
import type { RunOptions } from "../run.ts";
import { isShared, type Profile, SignInError, unlockProfile } from "./profiles.ts";
import { done, refuse } from "./reply.ts";
import type { Session } from "./session.ts";
import { slowGuessing } from "./slow-guessing.ts";
import { startSession } from "./start-session.ts";
import { watchLeaving } from "./watch-leaving.ts";

interface Sitting {
  folder: string;
  identity: Identity;
  key?: Buffer;
}

/**
 * Who is at this machine: one person at a time, and on a shared one nobody until they sign in. `onLeave` is called when
 * a person has left, by themselves or because they seem to have, so that nothing of theirs stays open.
 */
export function keepSeat(options: RunOptions, onLeave: (by: "person" | "itself") => void) {
  const { folder: home, clock, say } = options;
  let session: Session | null = null;
  let unlock = () => {};
  /** Whose folder is open. */
  let seated: string | null = null;
  /** Watchers make their buckets once, when they start, whoever is here then. */
  let bucketDefinitions: readonly BucketDefinition[] = [];
  const guessing = slowGuessing(clock);
  const leaving = watchLeaving(clock, () => inTurn(() => leave("itself")).catch(sayFailed));
  /** Signing in and out one after the other: two at once would open a folder twice. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = queue.then(task);
    queue = turn.catch(() => {});
    return turn;
  };
  const sayFailed = (error: unknown) =>
    say(`Signing out did not end well (${error instanceof Error ? error.name : "unknown"}).`);

  async function open(sitting: Sitting): Promise<void> {
    const watched = isShared(home)
      ? // Who comes and goes at a machine that several people use is in no log.
        { log: () => {}, onRecording: leaving.recording, onLocked: leaving.locked }
      : { log: say };
    session = await startSession({ ...options, ...sitting, home, bucketDefinitions, ...watched });
  }

  async function leave(by: "person" | "itself"): Promise<void> {
    leaving.end();
    const left = session;
    session = null;
    seated = null;
    if (!left) return;
    onLeave(by);
    try {
      await left.stop();
    } finally {
      bucketDefinitions = left.bucketDefinitions();
      unlock();
      unlock = () => {};
    }
  }

  function unlockSeat(name: string, passphrase: string): Profile | Reply {
    const wait = guessing.waitSeconds(name);
    if (wait > 0) return refuse("wait", `Wait ${wait} seconds before the next try.`);
    try {
      const profile = unlockProfile(home, name, passphrase);
      guessing.right(name);
      return profile;
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      guessing.wrong(name);
      return refuse("wrong-passphrase", error.message);
    }
  }

  async function signIn(name: string, passphrase: string): Promise<Reply> {
    const profile = unlockSeat(name, passphrase);
    if ("ok" in profile) return profile;
    const { folder, key } = profile;
    const identity = readIdentity(folder, key);
    if (!identity)
      return refuse("failed", "The enrolment was not finished. Again: etabli enrol --shared");
    if (session && seated === folder) return done("signed-in", "You are signed in already.");
    await leave("person");
    // Also when nobody was here: a page still open from before shows the next person nothing.
    onLeave("person");
    const free = lockAgentFolder(folder);
    try {
      await open({ folder, identity, key });
      unlock = free;
      seated = folder;
    } catch (error) {
      free();
      throw error;
    }
    return done("signed-in", "Signed in. What is recorded: etabli status");
  }

  const notShared = refuse("not-shared", "This workstation is yours alone: nobody signs in here.");
  return {
    get session() {
      return session;
    },
    open,
    signIn: async (name: string, passphrase: string): Promise<Reply> =>
      isShared(home) ? await inTurn(() => signIn(name, passphrase)) : notShared,
    signOut: async (): Promise<Reply> => {
      if (!isShared(home)) return notShared;
      return await inTurn(async () => {
        if (!session) return refuse("signed-out", "Nobody is signed in.");
        await leave("person");
        return done("signed-out", "Signed out. Nothing of yours can be read on this machine now.");
      });
    },
    close: () => inTurn(() => leave("itself")),
  };
}
