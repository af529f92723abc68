import { systemClock } from "#agent/clock";
import { readIdentity } from "#agent/identity";
import { openOutbox } from "#agent/outbox";
import { startSender } from "#agent/sender";
import { makeContext, makeSpan } from "./factories.ts";

/* Records and sends without end until it is killed; says what is kept and what was acknowledged, when it is. */
const [, , folder = "", from = "0"] = process.argv;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const identity = readIdentity(folder);
if (!identity) throw new Error("not enrolled");
const outbox = openOutbox(folder);
startSender({
  server: identity.server,
  identity,
  outbox,
  clock: systemClock,
  random: Math.random,
  log: () => {},
  onAck: ({ epoch, seq, sha256 }, { status }) => say({ acked: `${epoch}/${seq}`, sha256, status }),
});
let next = Number(from);
function work(): void {
  outbox.add({ spans: [makeSpan({ task: String(next) })] });
  say({ added: next });
  next += 1;
  if (next % 2 === 0) outbox.seal(makeContext(outbox.epoch ?? 1));
  setImmediate(work);
}
work();
