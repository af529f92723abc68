import { openOutbox } from "#agent/outbox";
import { makeContext, makeSpan } from "./factories.ts";

/*
 * Works on an outbox without end until it is killed. Each line on stdout is written only after the call it speaks
 * of has returned, so whatever stands there must be found again.
 */
const [, , folder = "", from = "0"] = process.argv;
const outbox = openOutbox(folder);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
if (outbox.loss) say({ loss: outbox.loss.message });
if (outbox.epoch === null) outbox.adoptEpoch(1);
for (let n = Number(from); ; n += 1) {
  outbox.addAll({ spans: [makeSpan({ task: String(n) })] }, { upTo: n });
  say({ added: n });
  if (n % 3 !== 0) continue;
  const sealed = outbox.seal(makeContext());
  if (sealed) say({ sealed: sealed.seq, sha256: sealed.sha256 });
  if (n % 2 !== 0) continue;
  const [oldest] = outbox.pending(1);
  if (!oldest) continue;
  say({ settling: oldest.seq, bytes: Buffer.from(oldest.bytes).toString("utf8") });
  outbox.settle(oldest.epoch, oldest.seq);
  say({ settled: oldest.seq });
}
