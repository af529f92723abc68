import fc from "fast-check";
import { expect, test } from "vitest";
import { MAIN } from "#agent/feed/parse-feed-event";
import {
  LATE_MS,
  MAX_CONTACTS,
  type Move,
  moveThreads,
  noThreads,
  openThreads,
  placeInTime,
} from "#agent/feed/threads";

const NOW = Date.parse("2026-11-25T08:30:00.000Z");

/** Plays states, each a second after the one before unless said; what was moved. */
function play(states: readonly { id: string; ends?: boolean; told?: number; now?: number }[]) {
  let threads = noThreads;
  const moves: Move[][] = [];
  for (const [
    index,
    { id, ends = false, told = null, now = NOW + index * 1000 },
  ] of states.entries()) {
    const moved = moveThreads(threads, { id, ends, told }, now);
    threads = moved.threads;
    moves.push(moved.moves);
  }
  return { threads, moves };
}

test("a time counts up to two minutes back and 5 s ahead, and never as lying ahead; else it is now", () => {
  const places = [-LATE_MS - 1, -LATE_MS, -1, 0, 5_000, 5_001].map(
    (away) => placeInTime(NOW + away, NOW).at - NOW,
  );
  expect(places).toEqual([0, -LATE_MS, -1, 0, 0, 0]);
  expect(placeInTime(null, NOW)).toEqual({ at: NOW, told: null });
});

test("two chats and the person's own state are three threads; each ends by itself", () => {
  const { moves, threads } = play([
    { id: MAIN },
    { id: "#a" },
    { id: "#b" },
    { id: "#a", ends: true },
    { id: "#a", ends: true },
    { id: "#c" },
  ]);
  expect(
    moves.map((each) => each.map(({ thread, ends }) => `${thread}${ends ? " ends" : ""}`)),
  ).toEqual([["main"], ["contact-1"], ["contact-2"], ["contact-1 ends"], [], ["contact-3"]]);
  expect(openThreads(threads).map(({ thread }) => thread)).toEqual([
    "main",
    "contact-2",
    "contact-3",
  ]);
});

test("a place that has long been free is used again, and the id of who was there is gone", () => {
  const later = NOW + LATE_MS + 60_000;
  const { moves, threads } = play([
    { id: "#secret" },
    { id: "#secret", ends: true },
    { id: "#b", now: later },
  ]);
  expect(moves[2]).toEqual([{ thread: "contact-1", ends: false, at: later }]);
  expect(JSON.stringify(threads)).not.toContain("secret");
});

test("a message overtaken by a later one of its contact changes nothing, not even after the end", () => {
  const { moves, threads } = play([
    { id: "#a", told: NOW },
    { id: "#a", told: NOW + 900, ends: true },
    { id: "#a", told: NOW + 400 },
    { id: "#b", told: NOW + 2_500, ends: true },
    { id: "#b", told: NOW + 1_500 },
  ]);
  expect(moves.map((each) => each.length)).toEqual([1, 1, 0, 0, 0]);
  expect(openThreads(threads)).toEqual([]);
});

test("one contact more than there is room for takes the place of the oldest", () => {
  const ids = Array.from({ length: MAX_CONTACTS + 1 }, (_, index) => `#${index}`);
  const { moves, threads } = play([{ id: MAIN }, ...ids.map((id) => ({ id }))]);
  expect(moves.at(-1)?.map(({ thread, ends }) => [thread, ends])).toEqual([
    ["contact-1", true],
    ["contact-1", false],
  ]);
  const open = openThreads(threads);
  expect(open).toHaveLength(MAX_CONTACTS + 1);
  expect(open.find(({ thread }) => thread === "contact-1")?.id).toBe(ids.at(-1));
});

test("whatever the order: threads end only when open, times go forward, and who is last not over is under way", () => {
  const states = fc.array(
    fc.record({
      id: fc.oneof(
        fc.constant(MAIN),
        fc.integer({ min: 0, max: MAX_CONTACTS - 1 }).map((n) => `#${n}`),
      ),
      ends: fc.boolean(),
      wait: fc.integer({ min: 0, max: 90_000 }),
    }),
    { maxLength: 120 },
  );
  fc.assert(
    fc.property(states, (list) => {
      let threads = noThreads;
      let now = NOW;
      const model = new Set<string>();
      const running = new Set<string>();
      const last = new Map<string, number>();
      for (const { id, ends, wait } of list) {
        now += wait;
        const moved = moveThreads(threads, { id, ends, told: null }, now);
        threads = moved.threads;
        for (const { thread, ends: isEnd, at } of moved.moves) {
          expect(isEnd && !running.has(thread)).toBe(false);
          expect(at).toBeGreaterThanOrEqual(last.get(thread) ?? 0);
          expect(at).toBeLessThanOrEqual(now);
          last.set(thread, at);
          if (isEnd) running.delete(thread);
          else running.add(thread);
        }
        if (ends) model.delete(id);
        else model.add(id);
        const open = openThreads(threads);
        expect(new Set(open.map((each) => each.id))).toEqual(model);
        expect(new Set(open.map((each) => each.thread))).toEqual(running);
      }
    }),
  );
});

test("with times of the sender's own, any order of arrival within two minutes ends in the same threads", () => {
  const contact = fc.record({
    begins: fc.integer({ min: 0, max: 50_000 }),
    lasts: fc.integer({ min: 1, max: 50_000 }),
    isOver: fc.boolean(),
  });
  const arriving = fc
    .array(contact, { minLength: 1, maxLength: MAX_CONTACTS })
    .chain((contacts) => {
      const messages = contacts.flatMap(({ begins, lasts, isOver }, index) => [
        { id: `#${index}`, ends: false, told: NOW + begins },
        ...(isOver ? [{ id: `#${index}`, ends: true, told: NOW + begins + lasts }] : []),
      ]);
      return fc.tuple(
        fc.constant(contacts),
        fc.shuffledSubarray(messages, { minLength: messages.length }),
      );
    });
  fc.assert(
    fc.property(arriving, ([contacts, messages]) => {
      let threads = noThreads;
      for (const message of messages)
        threads = moveThreads(threads, message, NOW + 100_000).threads;
      const under = contacts.flatMap(({ isOver }, index) => (isOver ? [] : [`#${index}`]));
      expect(new Set(openThreads(threads).map(({ id }) => id))).toEqual(new Set(under));
    }),
  );
});

test("a clock that is set back dates nothing ahead", () => {
  const { moves } = play([{ id: MAIN }, { id: MAIN, now: NOW - 3_600_000 }]);
  expect(moves[1]).toEqual([{ thread: MAIN, ends: false, at: NOW - 3_600_000 }]);
});
