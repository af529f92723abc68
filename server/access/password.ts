import { hash, verify } from "@node-rs/argon2";
import { Problem } from "#schema/problem";
import type { RandomBytes } from "./token.ts";

/** RFC 9106, second choice: argon2id (the library's default kind) with 64 MiB, 3 passes, 4 lanes. */
const cost = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 4 };

const IN_PARALLEL = 2;
const WAITING_AT_MOST = 200;

export interface Passwords {
  /** The hash to keep of a new password. */
  hash(password: string): Promise<string>;
  /** Whether the password fits. Without a hash it does the same work and says no: nobody learns who has an account. */
  verify(kept: string | undefined, password: string): Promise<boolean>;
}

/** Hashes passwords, two at a time: each takes 64 MiB and four threads. */
export function createPasswords(random: RandomBytes): Passwords {
  const inTurn = limitParallel(IN_PARALLEL, WAITING_AT_MOST);
  const decoy = hash(random(32), cost);
  return {
    hash: (password) => inTurn(() => hash(password.normalize("NFKC"), cost)),
    verify: (kept, password) =>
      inTurn(async () => {
        const fits = await verify(kept ?? (await decoy), password.normalize("NFKC"));
        return fits && kept !== undefined;
      }),
  };
}

/** Runs at most `count` works at once, keeps at most `waiting` in line, and sends the rest away. */
function limitParallel(count: number, waiting: number) {
  let running = 0;
  const line: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= count) {
      if (line.length >= waiting)
        throw new Problem("unavailable", "Too many people are signing in right now. Try again.", {
          retryAfter: 10,
        });
      await new Promise<void>((resolve) => line.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else running--;
    }
  };
}
