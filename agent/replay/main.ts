import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type CallLog, WrongFile } from "./call-log.ts";
import { loadLog } from "./load-log.ts";
import { type ReplayOptions, readReplayOptions, UsageError, usage } from "./options.ts";
import { createProgress } from "./progress.ts";
import { runningServer, startReplayServer } from "./replay-server.ts";
import { formatReport, summarise } from "./report.ts";
import { runReplay } from "./run-replay.ts";
import { groupByPerson } from "./slice.ts";
import { explainRefusals } from "./tally-acks.ts";

const progress = createProgress(
  {
    write: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
  },
  () => performance.now(),
);

/** Exit codes of design §4: 0 done, 2 wrong usage, 3 bad input file, 1 anything else. */
async function main(): Promise<number> {
  try {
    const options = readReplayOptions(process.argv.slice(2));
    if (options === null) {
      process.stdout.write(usage);
      return 0;
    }
    const log = loadLog(options);
    for (const { line, reason } of log.faults) progress.say(`line ${line}: ${reason}`);
    if (log.faults.length > 0)
      progress.say(`${log.faults.length} malformed lines were left out; the rest is replayed.`);
    if (log.spans.length === 0)
      throw new WrongFile(
        "the file holds no call that a person served; there is nothing to replay",
      );
    return await replay(options, log);
  } catch (error) {
    if (error instanceof UsageError) {
      progress.say(`${error.message}\n\n${usage}`);
      return 2;
    }
    progress.say(error instanceof Error ? error.message : String(error));
    return error instanceof WrongFile ? 3 : 1;
  }
}

async function replay(options: ReplayOptions, log: CallLog): Promise<number> {
  const data = resolve(process.env.ETABLI_DATA ?? "./data");
  const people = [...groupByPerson(log).keys()];
  progress.show(`${log.spans.length} spans of ${people.length} people; preparing the store`);
  const site = options.site
    ? runningServer(options.site.server, options.site.token)
    : await startReplayServer(people, options.zone);
  const folder = options.site
    ? join(data, "replay-to", new URL(options.site.server).host.replace(/[^\w.-]/g, "_"), "agents")
    : join(data, "replay", "agents");
  try {
    const running = runReplay({ log, options, site, folder, progress }).catch(
      async (error: unknown) => {
        // A server that is gone shows first as a call without an answer; its end, if any, explains more.
        await Promise.race([site.lost, wait(500)]);
        throw error;
      },
    );
    const outcome = await Promise.race([running, site.lost]);
    const { acks } = outcome;
    progress.say(
      `${outcome.spans} spans of ${outcome.people} people: ${acks.stored} batches stored, ` +
        `${acks.duplicate} there already; ${outcome.queueRows} rows of the queue feed.`,
    );
    if (outcome.stored !== null) {
      const report = summarise(outcome.stored);
      process.stdout.write(
        options.report === "json" ? `${JSON.stringify(report)}\n` : formatReport(report),
      );
    }
    const trouble = explainRefusals(acks);
    if (trouble === null) return 0;
    progress.say(trouble);
    return 1;
  } finally {
    await site.stop();
  }
}

const code = await main();
// Whatever is still open (a connection being given up) must not keep the command alive; stdout is flushed first.
process.stdout.write("", () => process.exit(code));
