/** The embedded database reads its input through a buffer of this many bytes. */
const BUFFER_BYTES = 8192;

/**
 * Cuts a run of PostgreSQL protocol messages wherever one ends exactly on the edge of the embedded database's input
 * buffer. There it takes the empty buffer for the end of the input and never answers the messages behind it: one
 * query in some hundreds of large ones hung for ever. Handed over in pieces, all are answered.
 */
export function cutAtBufferEdges(bytes: Uint8Array): Uint8Array[] {
  // A startup packet bears no type; it comes alone and is short.
  if (bytes[0] === 0) return [bytes];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Uint8Array[] = [];
  let begin = 0;
  let end = 0;
  while (end + 5 <= bytes.length) {
    end += 1 + view.getUint32(end + 1);
    if ((end - begin) % BUFFER_BYTES === 0 && end < bytes.length) {
      pieces.push(bytes.subarray(begin, end));
      begin = end;
    }
  }
  pieces.push(bytes.subarray(begin));
  return pieces;
}
