import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "#schema/problem";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Runs a sign-in; one that throws a Problem is a failure. */
export type SignInLimit = <Result>(
  who: { login: string; address: string },
  work: () => Promise<Result>,
) => Promise<Result>;

/** Runs something that takes a code or token; one that throws a Problem is a failure. */
export type CodeLimit = <Result>(address: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * Sign-in: 10 failures in a row per name and address, then a pause of 15 minutes; 100 failures a day per address.
 * No name is ever locked for everyone: that would let anybody keep a representative out.
 */
export function createSignInLimit(): SignInLimit {
  const perLogin = new RateLimiterMemory({ points: 10, duration: DAY, blockDuration: 15 * MINUTE });
  const perAddress = new RateLimiterMemory({ points: 100, duration: DAY });
  return async ({ login, address }, work) => {
    const both = `${address} ${login}`;
    await checkBudget(perAddress, address);
    // Counted before it is tried, so that many guesses at once cannot slip through.
    await perLogin.consume(both).catch(refuse);
    try {
      const result = await work();
      await perLogin.delete(both);
      return result;
    } catch (error) {
      if (isFailure(error)) await perAddress.penalty(address);
      else await perLogin.reward(both);
      throw error;
    }
  };
}

/** Codes and tokens: 100 failures an hour per address. A whole site may enrol from one address at once. */
export function createCodeLimit(): CodeLimit {
  const perAddress = new RateLimiterMemory({ points: 100, duration: HOUR });
  return async (address, work) => {
    await checkBudget(perAddress, address);
    try {
      return await work();
    } catch (error) {
      if (isFailure(error)) await perAddress.penalty(address);
      throw error;
    }
  };
}

/** A full queue or a lost database is nobody's failure. */
function isFailure(error: unknown): boolean {
  return error instanceof Problem && error.code !== "unavailable";
}

async function checkBudget(limiter: RateLimiterMemory, key: string): Promise<void> {
  const spent = await limiter.get(key);
  if (spent && spent.remainingPoints <= 0 && spent.msBeforeNext > 0) refuse(spent);
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  throw new Problem("too_many_attempts", "Too many attempts. Wait a while, then try again.", {
    retryAfter: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)),
  });
}
