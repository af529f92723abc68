import { openOutbox } from "#agent/outbox";
import { makeContext, makeSpan } from "./factories.ts";

/*
 * Records so many events on a disk that fails or is slow, seals now and then, and says of each what came of it and how
 * long it took (ms).
 */
const [, , folder = "", events = "0"] = process.argv;
const outbox = openOutbox(folder);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
for (let n = 0; n < Number(events); n += 1) {
  const begun = performance.now();
  try {
    outbox.add({ spans: [makeSpan({ task: String(n) })] });
    say({ added: n, took: performance.now() - begun });
    if (n % 5 === 4) outbox.seal(makeContext());
  } catch (error) {
    say({ failed: n, code: error instanceof Error && "code" in error ? error.code : null });
  }
}
// As a crash would end it: what is on disk now is what counts.
process.exit(0);
