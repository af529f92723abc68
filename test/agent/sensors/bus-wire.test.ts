import fc from "fast-check";
import { expect, test } from "vitest";
import { socketOf } from "#agent/sensors/bus/connect";
import {
  decodeMessage,
  encodeMessage,
  encodeStrings,
  firstValue,
  MESSAGE,
} from "#agent/sensors/bus/wire";

test("a question is written as the specification has it", () => {
  const body = encodeStrings(["auto"]);
  const bytes = encodeMessage(
    {
      kind: MESSAGE.call,
      serial: 7,
      path: "/a",
      member: "Get",
      destination: "b.c",
      signature: "s",
      body,
    },
    2,
  );
  // Worked out by hand from https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-messages
  const expected = [
    "6c 01 02 01  09 00 00 00  07 00 00 00  37 00 00 00",
    "01 01 6f 00  02 00 00 00  2f 61 00 00  00 00 00 00",
    "03 01 73 00  03 00 00 00  47 65 74 00  00 00 00 00",
    "06 01 73 00  03 00 00 00  62 2e 63 00  00 00 00 00",
    "08 01 67 00  01 73 00 00",
    "04 00 00 00  61 75 74 6f  00",
  ];
  expect(bytes.toString("hex")).toBe(expected.join("").replaceAll(" ", ""));
});

test("a message arrives as it was sent, however the stream cuts it", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "B", "é", "7"), maxLength: 30 });
  fc.assert(
    fc.property(
      fc.nat(0xffff_ffff),
      word,
      word,
      fc.array(word, { maxLength: 4 }),
      fc.option(fc.nat(0xffff_ffff), { nil: undefined }),
      fc.nat(200),
      (serial, member, sender, words, replyTo, cut) => {
        const message = {
          kind: MESSAGE.reply,
          serial,
          member,
          sender,
          signature: "s".repeat(words.length),
          ...(replyTo !== undefined && { replyTo }),
          body: encodeStrings(words),
        };
        const bytes = encodeMessage(message);
        const both = Buffer.concat([bytes, bytes]);
        const part = both.subarray(0, Math.min(cut, bytes.length - 1));
        expect(decodeMessage(part)).toBe(null);
        expect(decodeMessage(both)).toEqual({ message, size: bytes.length });
        expect(firstValue(message)).toBe(words[0] ?? null);
      },
    ),
  );
});

test("bytes that are no message are refused, not waited for", () => {
  expect(() => decodeMessage(Buffer.from("HTTP/1.1 400 Bad Request"))).toThrow(RangeError);
  const long = encodeMessage({ kind: MESSAGE.call, serial: 1, body: Buffer.alloc(0) });
  long.writeUInt32LE(0x7fff_ffff, 4);
  expect(() => decodeMessage(long)).toThrow(RangeError);
});

test("the address of a bus names its socket", () => {
  expect(socketOf("unix:path=/run/user/1000/bus")).toBe("/run/user/1000/bus");
  expect(socketOf("unix:abstract=/tmp/dbus-x,guid=0123")).toBe("\0/tmp/dbus-x");
  expect(socketOf("tcp:host=localhost,port=1;unix:guid=1,path=/tmp/a%20b")).toBe("/tmp/a b");
  expect(() => socketOf("tcp:host=localhost,port=1")).toThrow("no address of a bus");
});
