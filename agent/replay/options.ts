import { parseArgs } from "node:util";
import { HALF_HOUR_MS } from "#schema/queue";
import { isTimeZone, localDate } from "#schema/time";
import { siteAddress } from "../enrol.ts";
import { instantOfDate } from "./slice.ts";
import { createTimeReader } from "./time-format.ts";

/** The command was called wrongly; the message says how to call it. */
export class UsageError extends Error {}

export const usage = `Usage: npm run replay -- <file> (--format bank-calls | --map mapping.json) --zone <IANA zone>
         [--speed N] [--from TIME] [--to TIME] [--server URL --token TOKEN] [--report [--json]]

Plays a call log through the real pipeline, one agent for each person in it.

  --format bank-calls   the tab-separated log described in docs/replay.md
  --map mapping.json    another log, read by naming its columns; see docs/replay.md
  --zone                the zone of the log's clocks, for example Asia/Jerusalem
  --speed N             N times as fast as the log's own clock; at once when not given
  --from, --to          only what starts in [from, to): local dates or times, on a half hour
  --server, --token     send to a running server, with an operator's enrolment token for the people in the file;
                        otherwise into a store of its own, $ETABLI_DATA/replay
  --report              read back from the store what it holds of these people, and print it
  --json                the report as one JSON document
`;

/** What a replay was asked to do; times are epoch ms. */
export interface ReplayOptions {
  file: string;
  log: { format: "bank-calls" } | { map: string };
  zone: string;
  /** Null: at once. */
  speed: number | null;
  from: number | null;
  to: number | null;
  /** Null: a server of its own. */
  site: { server: string; token: string } | null;
  report: "table" | "json" | null;
}

/**
 * Reads the command line; null when help was asked for.
 * @throws UsageError
 */
export function readReplayOptions(args: readonly string[]): ReplayOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError("Which file? Give one call log.");
  if (more.length > 0) throw new UsageError("One file at a time, please.");
  const zone = values.zone;
  if (zone === undefined)
    throw new UsageError("Give the zone of the log's clocks: --zone Asia/Jerusalem");
  if (!isTimeZone(zone))
    throw new UsageError("--zone: not a known IANA time zone, for example Asia/Jerusalem");
  const from = readBound("--from", values.from, zone);
  const to = readBound("--to", values.to, zone);
  if (from !== null && to !== null && from >= to)
    throw new UsageError("--from must lie before --to.");
  if (values.json && !values.report)
    throw new UsageError("--json is the form of the report: add --report.");
  return {
    file,
    log: readLogKind(values.format, values.map),
    zone,
    speed: readSpeed(values.speed),
    from,
    to,
    site: readSite(values.server, values.token),
    report: values.report ? (values.json ? "json" : "table") : null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string" },
        map: { type: "string" },
        zone: { type: "string" },
        speed: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        server: { type: "string" },
        token: { type: "string" },
        report: { type: "boolean" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readLogKind(format: string | undefined, map: string | undefined): ReplayOptions["log"] {
  if ((format === undefined) === (map === undefined))
    throw new UsageError("Say how to read the file: --format bank-calls, or --map mapping.json");
  if (map !== undefined) return { map };
  if (format !== "bank-calls") throw new UsageError("--format: the one known is bank-calls.");
  return { format };
}

function readSpeed(text: string | undefined): number | null {
  if (text === undefined) return null;
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed <= 0)
    throw new UsageError("--speed: expected a number above 0, for example 60");
  return speed;
}

function readSite(server: string | undefined, token: string | undefined): ReplayOptions["site"] {
  if (server === undefined && token === undefined) return null;
  if (server === undefined || token === undefined)
    throw new UsageError("--server and --token go together.");
  try {
    return { server: siteAddress(server), token };
  } catch (error) {
    throw new UsageError(`--server: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A bound must fall between two half hours, because a half hour is sent whole or not at all. */
function readBound(name: string, text: string | undefined, zone: string): number | null {
  if (text === undefined) return null;
  const date = localDate.safeParse(text);
  const at = date.success ? instantOfDate(date.data, zone) : createTimeReader("iso")(text, zone);
  if (at === null)
    throw new UsageError(`${name}: expected a date or time such as 1999-02-03 or 1999-02-03T10:30`);
  if (at % HALF_HOUR_MS !== 0)
    throw new UsageError(
      `${name}: must lie on a half hour, because batches are cut there (in a zone whose offset is not a multiple ` +
        "of 30 minutes: on a half hour of UTC)",
    );
  return at;
}
