import { millisecondsOf, type Timestamp } from "#schema/time";

// Columns of an insert as PostgreSQL's own binary arrays: `pg` sends a Buffer as it is, and neither side writes or
// reads text. Element types and layouts are those of the server's `array_recv` and of each type's `…_recv`.

const HEADER_BYTES = 20;
const NULL_LENGTH = -1;
/** 2000-01-01, where PostgreSQL counts microseconds from. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const TWO_32 = 4_294_967_296;

type Column<Value> = readonly (Value | undefined)[];

/** A `text[]`. Undefined is null, here and below. */
export function textArray(values: Column<string>): Buffer {
  // At most three bytes of UTF-8 for each unit of a string.
  const size = values.reduce((sum, value) => sum + 4 + 3 * (value?.length ?? 0), HEADER_BYTES);
  const buffer = beginArray(25, values.length, size);
  let at = HEADER_BYTES;
  for (const value of values) {
    const length = value === undefined ? 0 : writeText(buffer, at + 4, value);
    buffer.writeInt32BE(value === undefined ? NULL_LENGTH : length, at);
    at += 4 + length;
  }
  return buffer.subarray(0, at);
}

/** A `uuid[]`. Runs of the same one, as batches give, are read once. */
export function uuidArray(values: Column<string>): Buffer {
  let last = "";
  let bytes = Buffer.alloc(0);
  return fixedArray(2950, 16, values, (buffer, at, value) => {
    if (value !== last) {
      bytes = Buffer.from(value.replaceAll("-", ""), "hex");
      last = value;
    }
    bytes.copy(buffer, at);
  });
}

/** A `smallint[]`. @throws RangeError when one does not fit, as do the others */
export function smallintArray(values: Column<number>): Buffer {
  return fixedArray(21, 2, values, (buffer, at, value) => buffer.writeInt16BE(value, at));
}

/** An `integer[]`. */
export function integerArray(values: Column<number>): Buffer {
  return fixedArray(23, 4, values, (buffer, at, value) => buffer.writeInt32BE(value, at));
}

/** A `bigint[]` of safe integers. */
export function bigintArray(values: Column<number>): Buffer {
  return fixedArray(20, 8, values, (buffer, at, value) => writeInt64(buffer, at, value, 1));
}

/** A `double precision[]`. */
export function doubleArray(values: Column<number>): Buffer {
  return fixedArray(701, 8, values, (buffer, at, value) => buffer.writeDoubleBE(value, at));
}

/** A `boolean[]`. */
export function booleanArray(values: Column<boolean>): Buffer {
  return fixedArray(16, 1, values, (buffer, at, value) => buffer.writeUInt8(value ? 1 : 0, at));
}

/** A `timestamptz[]`. */
export function timestampArray(values: Column<Timestamp>): Buffer {
  return fixedArray(1184, 8, values, (buffer, at, value) =>
    writeInt64(buffer, at, millisecondsOf(value) - POSTGRES_EPOCH_MS, 1000),
  );
}

function beginArray(elementType: number, length: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  const dimensions = 1;
  const mayHoldNulls = 1;
  const lowerBound = 1;
  for (const [nth, field] of [dimensions, mayHoldNulls, elementType, length, lowerBound].entries())
    buffer.writeInt32BE(field, nth * 4);
  return buffer;
}

function fixedArray<Value>(
  elementType: number,
  width: number,
  values: Column<Value>,
  write: (buffer: Buffer, at: number, value: Value) => void,
): Buffer {
  const buffer = beginArray(elementType, values.length, HEADER_BYTES + values.length * (4 + width));
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(value === undefined ? NULL_LENGTH : width, at);
    at += 4;
    if (value === undefined) continue;
    write(buffer, at, value);
    at += width;
  }
  return buffer.subarray(0, at);
}

/** `value * factor` in two halves, exact also where the product is no safe integer: no BigInt for each value. */
function writeInt64(buffer: Buffer, at: number, value: number, factor: number): void {
  const high = Math.floor(value / TWO_32);
  const low = (value - high * TWO_32) * factor;
  const carried = Math.floor(low / TWO_32);
  buffer.writeInt32BE(high * factor + carried, at);
  buffer.writeUInt32BE(low - carried * TWO_32, at + 4);
}

/** Most texts are a few ASCII letters, which are written faster here than through a call for each. */
function writeText(buffer: Buffer, at: number, value: string): number {
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit > 0x7f) return buffer.write(value, at, "utf8");
    buffer[at + index] = unit;
  }
  return value.length;
}
