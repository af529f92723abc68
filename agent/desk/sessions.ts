import type { Clock } from "../clock.ts";
import { digestOf, isSameSecret, makeSecret, type RandomBytes } from "./token.ts";

const TICKET_MS = 120_000;
export const SESSION_MS = 12 * 3_600_000;
const MAX_OPEN = 20;

/** What a browser is given for a ticket: a cookie's value, and a key for the page's own storage. */
export interface SessionSecrets {
  id: string;
  key: string;
}

export interface Sessions {
  /** Good once, for two minutes. */
  makeTicket(): string;
  redeem(ticket: string): SessionSecrets | null;
  /** Whether both belong to a session of the last twelve hours. */
  admits(id: string, key: string): boolean;
  /** Ends every session and ticket but that one: somebody else sits here now. */
  endAllBut(id: string | null): void;
}

/**
 * The browsers let in. Kept in memory alone: a restart of the agent ends them.
 * Browsers send a cookie to every port of an address; the key lives in the storage of this port's pages alone, so a
 * cookie that another program of this machine has received opens nothing.
 */
export function createSessions(clock: Clock, random: RandomBytes): Sessions {
  const tickets = new Map<string, Moment>();
  const open = new Map<string, Moment & { key: string }>();
  const now = (): Moment => ({ wall: clock.now(), steady: clock.monotonic() });
  // Found by digest: how long the search takes says nothing of a secret.
  const nameOf = (secret: string) => digestOf(secret).toString("hex");

  return {
    makeTicket() {
      const ticket = makeSecret(random);
      keepNewest(tickets, nameOf(ticket), now());
      return ticket;
    },
    redeem(ticket) {
      const made = tickets.get(nameOf(ticket));
      tickets.delete(nameOf(ticket));
      if (!made || isOver(made, now(), TICKET_MS)) return null;
      const secrets = { id: makeSecret(random), key: makeSecret(random) };
      keepNewest(open, nameOf(secrets.id), { ...now(), key: secrets.key });
      return secrets;
    },
    admits(id, key) {
      const session = open.get(nameOf(id));
      if (!session) return false;
      if (isOver(session, now(), SESSION_MS)) {
        open.delete(nameOf(id));
        return false;
      }
      return isSameSecret(key, session.key);
    },
    endAllBut(id) {
      tickets.clear();
      for (const name of open.keys()) if (id === null || name !== nameOf(id)) open.delete(name);
    },
  };
}

/** On both clocks: the wall clock can be set back, the steady one may stand still while the machine sleeps. */
interface Moment {
  wall: number;
  steady: number;
}

function isOver(since: Moment, now: Moment, milliseconds: number): boolean {
  return now.wall - since.wall > milliseconds || now.steady - since.steady > milliseconds;
}

function keepNewest<Value>(kept: Map<string, Value>, name: string, value: Value): void {
  kept.set(name, value);
  const [oldest] = kept.keys();
  if (kept.size > MAX_OPEN && oldest !== undefined) kept.delete(oldest);
}
