import { MAIN } from "./parse-feed-event.ts";

/** Contacts at once of which each has a thread of its own; when one more begins, the oldest is taken to be over. */
export const MAX_CONTACTS = 20;
/** A message may be so much late: its time counts, and one that came before it can still be told apart. */
export const LATE_MS = 120_000;
const AHEAD_MS = 5_000;

/** A place for one thread. Its name goes on; the sender's id stays in here, and not for longer than it is needed. */
interface Slot {
  id: string | null;
  isOpen: boolean;
  /** Epoch ms of the last state here; the next one does not begin before it. */
  at: number;
  /** The time the sender gave for it, to know one that comes after a later one. */
  told: number | null;
}

/** The threads of a feed. The first slot is of the states that name no contact. */
export type Threads = readonly Slot[];

export const noThreads: Threads = [{ id: MAIN, isOpen: false, at: 0, told: null }];

/** What becomes of a thread, named `main` or `contact-3`. */
export interface Move {
  thread: string;
  ends: boolean;
  /** Epoch ms. */
  at: number;
}

/** The time that counts: as told when it is at most two minutes ago and no more than 5 s ahead, else now. */
export function placeInTime(told: number | null, now: number): { at: number; told: number | null } {
  const isTrusted = told !== null && told >= now - LATE_MS && told <= now + AHEAD_MS;
  return isTrusted ? { at: Math.min(told, now), told } : { at: now, told: null };
}

/**
 * Brings a state to its thread. One that its sender dates before the state already there is late and changes nothing;
 * so does the end of what is not open.
 */
export function moveThreads(
  before: Threads,
  state: { id: string; ends: boolean; told: number | null },
  now: number,
): { threads: Threads; moves: Move[] } {
  const threads = before.map((slot) => (isOver(slot, now) ? { ...slot, ...nobody } : slot));
  const { at, told } = placeInTime(state.told, now);
  const known = threads.findIndex(({ id }) => id === state.id);
  const slot = threads[known];
  if (slot && told !== null && slot.told !== null && told < slot.told)
    return { threads, moves: [] };
  // The end of a contact whose beginning is still on its way is kept in mind, for when that comes.
  if (state.ends && !slot?.isOpen && told === null) return { threads, moves: [] };
  const index = slot ? known : findPlace(threads, at);
  const place = threads[index];
  // A clock that was set back must not date states ahead.
  const start = Math.min(Math.max(at, place?.at ?? 0), now);
  const after = threads.slice();
  after[index] = { id: state.id, isOpen: !state.ends, at: start, told };
  const moves: Move[] = [];
  if (place?.isOpen && !slot) moves.push({ thread: nameOf(index), ends: true, at: start });
  if (!state.ends || slot?.isOpen)
    moves.push({ thread: nameOf(index), ends: state.ends, at: start });
  return { threads: after, moves };
}

/** Threads that are under way. */
export function openThreads(threads: Threads): { thread: string; id: string }[] {
  return threads.flatMap(({ id, isOpen }, index) =>
    isOpen && id !== null ? [{ thread: nameOf(index), id }] : [],
  );
}

const nobody = { id: null, told: null };

function isOver({ id, isOpen, at }: Slot, now: number): boolean {
  return id !== MAIN && !isOpen && at < now - LATE_MS;
}

/** Where a contact that is new goes: a free place, else one more, else the one longest over, else the oldest. */
function findPlace(threads: Threads, at: number): number {
  const free = threads.findIndex((slot) => slot.id === null && slot.at <= at);
  if (free > 0) return free;
  if (threads.length <= MAX_CONTACTS) return threads.length;
  const places = threads.map((slot, index) => ({ ...slot, index })).slice(1);
  const [first] = places.sort((a, b) => Number(a.isOpen) - Number(b.isOpen) || a.at - b.at);
  return first?.index ?? 1;
}

const nameOf = (index: number) => (index === 0 ? MAIN : `contact-${index}`);
