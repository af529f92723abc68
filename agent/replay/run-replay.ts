import type { StoredSpan } from "#schema/activity";
import { HALF_HOUR_MS } from "#schema/queue";
import { formatInZone, type Interval } from "#schema/time";
import type { CallLog } from "./call-log.ts";
import type { ReplayOptions } from "./options.ts";
import { play, queueSteps, type Step } from "./play.ts";
import type { Progress } from "./progress.ts";
import { readBack } from "./read-back.ts";
import { openReplayAgent, type ReplayAgent } from "./replay-agent.ts";
import type { ReplaySite } from "./replay-server.ts";
import { sendQueueRows } from "./send-queue-feed.ts";
import { groupByPerson, reportWindow, sliceLog } from "./slice.ts";
import { type AckTally, decided, noAcks, tallyAck } from "./tally-acks.ts";

/** What came of a replay. `stored` is each person's spans as the site holds them, when they were asked for. */
export interface ReplayOutcome {
  acks: AckTally;
  people: number;
  spans: number;
  queueRows: number;
  stored: StoredSpan[][] | null;
}

/** Enrolling and reading back go on for this many people at a time. */
const AT_ONCE = 8;

/** Plays a log to a site and waits until the site has answered for everything. */
export async function runReplay(input: {
  log: CallLog;
  options: Pick<ReplayOptions, "zone" | "speed" | "from" | "to" | "report">;
  site: ReplaySite;
  folder: string;
  progress: Progress;
}): Promise<ReplayOutcome> {
  const { options, site, folder, progress } = input;
  const { zone } = options;
  const log = sliceLog(input.log, options.from, options.to);
  const people = groupByPerson(log);
  const window = reportWindow(log, options.from, options.to);
  checkPace(window, options.speed, log.queue.length > 0);
  let acks = noAcks;
  const agents: ReplayAgent[] = [];
  try {
    await forEach([...people.entries()], async ([person, spans]) => {
      const onAck = (ack: Parameters<typeof tallyAck>[1]) => {
        acks = tallyAck(acks, ack);
      };
      agents.push(await openReplayAgent({ site, folder, person, spans, zone, onAck }));
      progress.show(`enrolled ${agents.length} of ${people.size} agents`);
    });
    const total = agents.reduce((sum, agent) => sum + agent.batches.length, 0);
    const tell = (at: number | null) => {
      const clock = at === null ? "" : `log time ${formatInZone(at, zone).slice(0, 16)}, `;
      const waiting = agents.filter((agent) => agent.sender.state.kind === "waiting").length;
      const note = waiting === 0 ? "" : `, ${waiting} agents wait for the server`;
      progress.show(`${clock}${decided(acks)} of ${total} batches answered${note}`);
    };
    const ticker = setInterval(() => tell(null), 1_000);
    try {
      const steps = [...batchSteps(agents), ...feedSteps(log, site, options.speed)];
      const start = (window?.start ?? 0) - ((window?.start ?? 0) % HALF_HOUR_MS);
      const pace = { start, speed: options.speed, monotonic: () => performance.now() };
      await play(steps, pace, (at) => tell(options.speed === null ? null : at));
      await Promise.all(agents.map((agent) => agent.sender.flushed()));
    } finally {
      clearInterval(ticker);
    }
    const stored = options.report === null ? null : await readAll(agents, window, zone, progress);
    return {
      acks,
      people: people.size,
      spans: log.spans.length,
      queueRows: log.queue.length,
      stored,
    };
  } finally {
    await Promise.all(agents.map((agent) => agent.close()));
  }
}

/** The feed is sent with a token that is good for a day; better to say so now than to stop tomorrow. */
function checkPace(window: Interval | null, speed: number | null, hasFeed: boolean): void {
  if (window === null || speed === null || !hasFeed) return;
  const hours = (window.end - window.start) / speed / 3_600_000;
  if (hours > 23)
    throw new Error(
      `At that speed the replay takes ${Math.round(hours)} hours, but its token is good for a day. ` +
        "Choose a higher --speed, or less of the log with --from and --to.",
    );
}

function batchSteps(agents: readonly ReplayAgent[]): Step[] {
  return agents.flatMap((agent) =>
    agent.batches.map(({ due, sealed }) => ({ due, send: () => agent.put(sealed) })),
  );
}

function feedSteps(log: CallLog, site: ReplaySite, speed: number | null): Step[] {
  if (log.queue.length === 0) return [];
  if (speed === null) return [{ due: 0, send: () => sendQueueRows(site, log.queue) }];
  return queueSteps(log.queue, (rows) => sendQueueRows(site, rows));
}

async function readAll(
  agents: readonly ReplayAgent[],
  window: Interval | null,
  zone: string,
  progress: Progress,
): Promise<StoredSpan[][]> {
  const stored: StoredSpan[][] = [];
  if (window === null) return stored;
  await forEach(agents, async (agent) => {
    stored.push(await readBack(agent.sender, window, zone));
    progress.show(`read back ${stored.length} of ${agents.length} people`);
  });
  return stored;
}

/** Does something for each entry, a few at a time. */
async function forEach<T>(entries: readonly T[], act: (entry: T) => Promise<void>): Promise<void> {
  const left = entries.values();
  const worker = async () => {
    for (const entry of left) await act(entry);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
