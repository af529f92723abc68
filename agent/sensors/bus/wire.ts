/*
 * The part of D-Bus's wire format that a client needs which asks short questions and hears that something changed:
 * https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol
 */

export const MESSAGE = { call: 1, reply: 2, error: 3, signal: 4 } as const;
/** Whom a message is for must be running already: a question starts no program. */
export const NO_AUTO_START = 2;

const LITTLE_ENDIAN = 0x6c;
const VERSION = 1;
const FIXED_BYTES = 16;
/** Far above anything asked for here; a longer message is a broken one. */
const MAX_BYTES = 1_048_576;

/** Header fields that are read and written: code in the protocol, type, and name here. */
const FIELDS = [
  [1, "o", "path"],
  [2, "s", "interface"],
  [3, "s", "member"],
  [4, "s", "errorName"],
  [6, "s", "destination"],
  [7, "s", "sender"],
  [8, "g", "signature"],
] as const;
const REPLY_TO = 5;

export interface BusMessage {
  kind: number;
  serial: number;
  path?: string;
  interface?: string;
  member?: string;
  errorName?: string;
  replyTo?: number;
  destination?: string;
  sender?: string;
  signature?: string;
  body: Buffer;
}

/** The bytes of strings as a message's body. */
export function encodeStrings(words: readonly string[]): Buffer {
  const body = new Writer();
  for (const word of words) body.string(word);
  return body.bytes();
}

/** The bytes of a message. */
export function encodeMessage(message: BusMessage, flags = 0): Buffer {
  const fields = new Writer();
  for (const [code, type, name] of FIELDS) {
    const value = message[name];
    if (value === undefined) continue;
    const field = fields.field(code, type);
    if (type === "g") field.signature(value);
    else field.string(value);
  }
  if (message.replyTo !== undefined) fields.field(REPLY_TO, "u").number(message.replyTo);
  const head = new Writer();
  head.byte(LITTLE_ENDIAN).byte(message.kind).byte(flags).byte(VERSION);
  head.number(message.body.length).number(message.serial);
  const list = fields.bytes();
  head.number(list.length);
  const start = Buffer.concat([head.bytes(), list]);
  return Buffer.concat([start, Buffer.alloc(padding(start.length, 8)), message.body]);
}

/**
 * The first message of what was received, and how many bytes it takes; null while it is not all there.
 * @throws RangeError when the bytes are no message
 */
export function decodeMessage(data: Buffer): { message: BusMessage; size: number } | null {
  if (data.length < FIXED_BYTES) return null;
  if (data[0] !== LITTLE_ENDIAN) throw new RangeError("not a message of this machine's byte order");
  const bodyLength = data.readUInt32LE(4);
  const fieldsEnd = FIXED_BYTES + data.readUInt32LE(12);
  const bodyStart = fieldsEnd + padding(fieldsEnd, 8);
  const size = bodyStart + bodyLength;
  if (size > MAX_BYTES) throw new RangeError("the message is too long");
  if (data.length < size) return null;
  const message: BusMessage = {
    kind: data.readUInt8(1),
    serial: data.readUInt32LE(8),
    body: Buffer.from(data.subarray(bodyStart, size)),
  };
  const reader = new Reader(data.subarray(0, fieldsEnd), FIXED_BYTES);
  while (reader.skipTo(8) < fieldsEnd) readField(reader, message);
  return { message, size };
}

function readField(reader: Reader, message: BusMessage): void {
  const code = reader.byte();
  const type = reader.signature();
  if (type === "u") {
    const number = reader.number();
    if (code === REPLY_TO) message.replyTo = number;
    return;
  }
  const text = type === "g" ? reader.signature() : reader.string();
  const name = FIELDS.find(([known]) => known === code)?.[2];
  if (name) message[name] = text;
}

/** The first value of a message's body, out of its variant; null when it is none of the simple kinds. */
export function firstValue({ signature = "", body }: BusMessage): boolean | number | string | null {
  const reader = new Reader(body, 0);
  let type = signature[0];
  if (type === "v") type = reader.signature();
  if (type === "b") return reader.number() !== 0;
  if (type === "u") return reader.number();
  if (type === "t") return reader.long();
  if (type === "s" || type === "o") return reader.string();
  return null;
}

function padding(at: number, boundary: number): number {
  return (boundary - (at % boundary)) % boundary;
}

/** Writes values one after the other, each at the boundary of its kind. */
class Writer {
  readonly #parts: Buffer[] = [];
  #length = 0;

  byte(value: number): this {
    return this.#add(Buffer.from([value]), 1);
  }
  number(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.#add(bytes, 4);
  }
  string(value: string): this {
    this.number(Buffer.byteLength(value));
    return this.#add(Buffer.from(`${value}\0`), 1);
  }
  signature(value: string): this {
    return this.byte(value.length).#add(Buffer.from(`${value}\0`), 1);
  }
  field(code: number, type: string): this {
    return this.#add(Buffer.alloc(0), 8).byte(code).signature(type);
  }
  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
  #add(bytes: Buffer, boundary: number): this {
    const gap = Buffer.alloc(padding(this.#length, boundary));
    this.#parts.push(gap, bytes);
    this.#length += gap.length + bytes.length;
    return this;
  }
}

/** Reads values one after the other. @throws RangeError at the end of the data */
class Reader {
  readonly #data: Buffer;
  #at: number;

  constructor(data: Buffer, at: number) {
    this.#data = data;
    this.#at = at;
  }
  skipTo(boundary: number): number {
    this.#at += padding(this.#at, boundary);
    return this.#at;
  }
  byte(): number {
    const value = this.#data.readUInt8(this.#at);
    this.#at += 1;
    return value;
  }
  number(): number {
    const value = this.#data.readUInt32LE(this.skipTo(4));
    this.#at += 4;
    return value;
  }
  long(): number {
    const value = Number(this.#data.readBigUInt64LE(this.skipTo(8)));
    this.#at += 8;
    return value;
  }
  string(): string {
    return this.#text(this.number());
  }
  signature(): string {
    return this.#text(this.byte());
  }
  #text(length: number): string {
    const text = this.#data.toString("utf8", this.#at, this.#at + length);
    this.#at += length + 1;
    return text;
  }
}
