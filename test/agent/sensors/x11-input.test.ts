import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeInput } from "#agent/sensors/x11/input-counts";

const types = { RawKeyPress: 13, RawButtonPress: 15 };

function rawEvent(type: number, detail: number, rest = 0xab): Buffer {
  const body = Buffer.alloc(24, rest);
  body.writeUInt16LE(type, 0);
  body.writeUInt32LE(detail, 8);
  return body;
}

test("a press is a key, a click or a turn of the wheel", () => {
  const kindOf = (type: number, detail: number) => decodeInput(rawEvent(type, detail), types).input;
  expect(kindOf(13, 38)).toBe("key");
  expect([1, 2, 3, 8, 9].map((button) => kindOf(15, button))).toEqual(Array(5).fill("click"));
  expect([4, 5, 6, 7].map((button) => kindOf(15, button))).toEqual(Array(4).fill("scroll"));
  expect(kindOf(14, 38)).toBeUndefined();
});

test("which key it was, when, and on which device is wiped as soon as it is read", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.nat(255), fc.nat(255), (type, detail, rest) => {
      const body = rawEvent(type, detail, rest);
      const event = decodeInput(body, types);
      expect(body.every((byte) => byte === 0)).toBe(true);
      expect(Object.keys(event).sort()).toEqual(
        event.input === undefined ? ["name"] : ["input", "name"],
      );
    }),
  );
});
