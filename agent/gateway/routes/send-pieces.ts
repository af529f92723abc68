import type { Context } from "hono";

/** Answers with JSON that is made while it is sent. */
export function sendPieces(http: Context, pieces: Iterator<string>): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return http.body(stream, 200, { "Content-Type": "application/json" });
}
