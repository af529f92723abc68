import fc from "fast-check";
import { expect, test } from "vitest";
import { recordingState } from "#agent/control/messages";
import {
  formatDuration,
  formatWhen,
  fromInput,
  lastTenMinutes,
  toInput,
} from "#agent/desk/page/view/clock";
import { fieldsOf, readCorrection } from "#agent/desk/page/view/correction";
import { listWaiting, previewDeletion, timesOf } from "#agent/desk/page/view/held-events";
import { lampOf, standingOf } from "#agent/desk/page/view/standing";
import { emptyFields, readTaskFields } from "#agent/desk/page/view/task-details";
import { cutEvent } from "#agent/outbox-store/cut-event";
import { formatTimestamp } from "#schema/time";
import { makeHeld } from "./fake-outbox.ts";
import { makeStatus, NOW } from "./fake-status.ts";

const at = (clock: string) => `2026-11-25T${clock}.000+01:00`;

test("the light is on if and only if the agent says so, in an answer of the last five seconds", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...recordingState.options),
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 20_000 }),
      (recording, age, waited) => {
        const now = 100_000;
        const heard = { status: makeStatus({ recording }), askedAt: now - age };
        const lamp = lampOf(standingOf(heard, now - waited, now));
        expect(lamp === "on").toBe(recording === "on" && age < 5000);
        expect(lamp === "off").toBe(recording !== "on" && age < 5000);
      },
    ),
  );
});

test("an agent that was only just asked is not called silent", () => {
  expect(standingOf(null, 1000, 1000).kind).toBe("asking");
  expect(standingOf(null, 1000, 5999).kind).toBe("asking");
  expect(standingOf(null, 1000, 6000).kind).toBe("silent");
});

test("times are shown as the clock here showed them, with the day when it is another", () => {
  expect(formatWhen(at("10:54:30"), NOW, "en")).toBe("10:54");
  expect(formatWhen("2026-11-26T09:00:00.000+01:00", NOW, "en")).toBe("Thu 26 Nov, 09:00");
  expect(formatWhen("2026-11-26T09:00:00.000+01:00", NOW, "fr")).toBe("jeu. 26 nov., 09:00");
  expect(formatDuration(59_000)).toMatch(/^<\s1\smin$/);
  expect(formatDuration(3 * 3_600_000 + 12 * 60_000)).toMatch(/^3\sh\s12$/);
});

test("what is put into a field for a time comes out as that time, in the same offset", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2030-01-01") }),
      fc.constantFrom(-480, 0, 60, 330),
      (instant, offset) => {
        const time = formatTimestamp(Math.floor(instant / 1000) * 1000, offset);
        expect(fromInput(toInput(time, true), time)).toBe(time);
      },
    ),
  );
  expect(fromInput("2026-11-25T10:05", NOW)).toBe(at("10:05:00"));
  expect(fromInput("", NOW)).toBeNull();
  expect(fromInput("soon", NOW)).toBeNull();
});

test("the last ten minutes hold what was recorded in them, to the whole minute", () => {
  expect(lastTenMinutes(NOW)).toEqual({ from: at("10:14:00"), to: at("10:25:00") });
});

test("all that waits is listed newest first, and says where it is", () => {
  const events = listWaiting(makeHeld());
  expect(events.map(({ id }) => id)).toEqual([
    "open/35",
    "open/34",
    "open/33",
    "open/31",
    "open/32",
    "2/42/0",
    "2/42/1",
    "2/41/0",
  ]);
  expect(events.at(-1)?.place).toEqual({ kind: "sent", seq: 41 });
});

test("an event whose form is not known is shown as it is", () => {
  const held = makeHeld();
  const event = { kind: "juggling", at: at("10:00:00") };
  const unknown = { id: "open/1", type: "mark" as const, event, readyAt: null };
  const [shown] = listWaiting({ ...held, open: [unknown], batches: [] });
  expect(shown?.happening).toEqual({ type: "other", text: JSON.stringify(event) });
  expect(shown && timesOf(shown)).toBeNull();
});

test("a deletion tells beforehand what goes whole, what is cut, and what was sent already", () => {
  const ids = (from: string, to: string) => {
    const { whole, cut, sent, underWay } = previewDeletion(makeHeld(), at(from), at(to));
    return [...[whole, cut, sent].map((list) => list.map(({ id }) => id)), underWay];
  };
  expect(ids("10:05:00", "10:12:00")).toEqual([
    ["open/35", "open/34", "open/33"],
    ["open/31", "open/32"],
    [],
    false,
  ]);
  expect(ids("09:50:00", "10:04:10")).toEqual([["2/42/0", "2/42/1"], [], ["2/41/0"], false]);
  expect(ids("10:20:00", "10:30:00")).toEqual([[], [], [], true]);
  // A mark that lasts into the stretch keeps its beginning.
  expect(ids("10:07:45", "10:07:50")[1]).toEqual(["open/33", "open/31"]);
  // Half-open: what begins at the end of the stretch is not in it.
  expect(ids("10:05:00", "10:06:12")[0]).toEqual([]);
  expect(ids("10:06:12", "10:06:13")[0]).toEqual(["open/33"]);
});

test("the preview tells what the outbox then does, whatever the stretch", () => {
  const held = makeHeld();
  const moment = fc.integer({ min: Date.parse(at("09:35:00")), max: Date.parse(at("10:20:00")) });
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      const window = { from: Math.min(one, other), to: Math.max(one, other) + 1 };
      const [from, to] = [formatTimestamp(window.from, 60), formatTimestamp(window.to, 60)];
      const { whole, cut, sent } = previewDeletion(held, from, to);
      const touched = [...whole, ...cut, ...sent].map(({ id }) => id);
      for (const { id, happening } of listWaiting(held)) {
        if (happening.type === "other") continue;
        const found =
          happening.type === "span"
            ? { type: happening.type, event: happening.span }
            : happening.type === "mark"
              ? { type: happening.type, event: happening.mark }
              : { type: happening.type, event: happening.tally };
        const [first] = cutEvent(found, window);
        expect(touched.includes(id), id).toBe(first !== found);
        if (first === undefined) expect([...whole, ...sent].map((event) => event.id)).toContain(id);
      }
    }),
  );
});

test("a correction holds what was changed and nothing else", () => {
  const span = listWaiting(makeHeld()).find(({ id }) => id === "open/34")?.happening;
  const mark = listWaiting(makeHeld()).find(({ id }) => id === "open/33")?.happening;
  if (span?.type !== "span" || mark?.type !== "mark")
    throw new Error("the fake outbox has changed");
  const fields = fieldsOf(span);
  expect(readCorrection(span, fields)).toEqual({});
  expect(readCorrection(span, { ...fields, kind: "case", label: " contracts " })).toEqual({
    kind: "case",
    label: "contracts",
  });
  expect(readCorrection(span, { ...fields, label: "", origin: "" })).toEqual({
    label: null,
    origin: null,
  });
  expect(readCorrection(span, { ...fields, end: "2026-11-25T10:11:30" })).toEqual({
    end: at("10:11:30"),
  });
  expect(readCorrection(span, { ...fields, end: "" })).toBeNull();
  expect(readCorrection(mark, { ...fieldsOf(mark), at: "2026-11-25T10:05" })).toEqual({
    at: at("10:05:00"),
  });
});

test("what is said of a task leaves out what was not said, and names the field that cannot be read", () => {
  const said = (fields: Partial<typeof emptyFields>) =>
    readTaskFields({ ...emptyFields, ...fields }, NOW);
  expect(JSON.stringify(said({}).said)).toBe("{}");
  expect(said({}).wrong).toEqual([]);
  expect(
    said({ label: "billing ", allotted: "2,5", due: "2026-11-25T15:00", scripted: "no" }).said,
  ).toMatchObject({ label: "billing", allotted: 150, due: at("15:00:00"), scripted: false });
  expect(
    said({ label: "a/b", task: "4 7", allotted: "soon", due: "x", remaining: "-1" }).wrong,
  ).toEqual(["label", "task", "allotted", "due", "remaining"]);
});
