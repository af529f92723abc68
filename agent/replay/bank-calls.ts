import { label } from "#schema/activity";
import { addDays, instantOfWallClock, type LocalDate, localDate } from "#schema/time";
import { type CallLog, type LoggedSpan, MalformedLine, WrongFile, writeSpan } from "./call-log.ts";
import { splitRows } from "./delimited-text.ts";
import { type Arrival, countQueue } from "./queue-feed.ts";
import { expandYear } from "./time-format.ts";

/** The columns of a bank-calls file, in order. */
export const bankCallColumns = [
  "vru+line",
  "call_id",
  "customer_id",
  "priority",
  "type",
  "date",
  "vru_entry",
  "vru_exit",
  "vru_time",
  "q_start",
  "q_exit",
  "q_time",
  "outcome",
  "ser_start",
  "ser_exit",
  "ser_time",
  "server",
] as const;
type Column = (typeof bankCallColumns)[number];

/** What stands where something did not happen. */
const NEVER = "0:00:00";
const HALF_DAY = 43_200;

/**
 * Reads a bank-calls file. Served calls become `contact` spans; all that reached the agents' side, served or hung up,
 * count in the queue feed. Customers, call numbers and lines are not even read.
 * @throws WrongFile when the first line does not name the format's columns
 */
export function readBankCalls(text: string, zone: string): CallLog {
  const { rows, faults } = splitRows(text, "\t", false);
  const [header, ...lines] = rows;
  if (header?.cells.join("\t") !== bankCallColumns.join("\t"))
    throw new WrongFile(
      `not a bank-calls file: the first line should name these columns, separated by tabs: ${bankCallColumns.join(" ")}`,
    );
  const spans: LoggedSpan[] = [];
  const arrivals: Arrival[] = [];
  for (const { line, cells } of lines) {
    try {
      const call = readCall(cells, zone);
      if (call.arrival) arrivals.push(call.arrival);
      if (call.contact) spans.push(call.contact);
    } catch (error) {
      if (!(error instanceof MalformedLine)) throw error;
      faults.push({ line, reason: error.message });
    }
  }
  return { spans, queue: countQueue(arrivals, zone), faults };
}

function readCall(
  cells: readonly string[],
  zone: string,
): { arrival?: Arrival; contact?: LoggedSpan } {
  if (cells.length !== bankCallColumns.length)
    throw new MalformedLine(
      `expected ${bankCallColumns.length} columns separated by tabs, found ${cells.length}`,
    );
  const cell = (column: Column) => (cells[bankCallColumns.indexOf(column)] ?? "").trim();
  const outcome = cell("outcome");
  if (outcome === "PHANTOM") return {};
  if (outcome !== "AGENT" && outcome !== "HANG")
    throw new MalformedLine("outcome: expected AGENT, HANG or PHANTOM");

  const queue = cell("type");
  if (!label.safeParse(queue).success)
    throw new MalformedLine("type: expected up to 40 letters, digits or _ . + ' -");
  const date = readDate(cell("date"));
  const time = (column: Column) => secondsOfDay(cell(column), column);
  const instant = (day: LocalDate, seconds: number) =>
    instantOfWallClock(
      {
        date: day,
        hour: Math.floor(seconds / 3600),
        minute: Math.floor((seconds % 3600) / 60),
        second: seconds % 60,
      },
      zone,
    );

  // A call is dated by its start. Half a day tells one that has passed midnight from clocks a minute apart.
  const entry = time("vru_entry");
  const dayOf = (seconds: number) => (seconds < entry - HALF_DAY ? addDays(date, 1) : date);
  const reached = time(cell("q_start") === NEVER ? "vru_exit" : "q_start");
  const arrival = {
    queue,
    at: instant(dayOf(reached), reached),
    answered: outcome === "AGENT",
    handleSeconds: readCount(cell("ser_time"), "ser_time"),
  };
  if (outcome !== "AGENT" || cell("server") === "NO_SERVER") return { arrival };

  const start = time("ser_start");
  const end = time("ser_exit");
  // A service without times is kept where the file puts it: of no length, at the first instant of its date.
  const startDate = start === 0 && end === 0 ? date : dayOf(start);
  const contact = writeSpan(
    cell("server"),
    "server",
    {
      start: instant(startDate, start),
      end: instant(end < start ? addDays(startDate, 1) : startDate, end),
      startColumn: "ser_start",
      endColumn: "ser_exit",
      zone,
    },
    { kind: "contact", label: queue, labelColumn: "type" },
  );
  return { arrival, contact };
}

function readDate(text: string): LocalDate {
  const parts = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  const date = parts && `${expandYear(Number(parts[1]))}-${parts[2]}-${parts[3]}`;
  const parsed = localDate.safeParse(date);
  if (!parsed.success) throw new MalformedLine("date: expected a day as yymmdd");
  return parsed.data;
}

function secondsOfDay(text: string, column: Column): number {
  const parts = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(text);
  const [hour, minute, second] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])];
  if (!parts || hour > 23 || minute > 59 || second > 59)
    throw new MalformedLine(`${column}: expected a time of day as h:mm:ss`);
  return hour * 3600 + minute * 60 + second;
}

function readCount(text: string, column: Column): number {
  if (!/^\d{1,6}$/.test(text))
    throw new MalformedLine(`${column}: expected a whole number of seconds, not negative`);
  return Number(text);
}
