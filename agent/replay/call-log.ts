import { personName } from "#schema/account";
import { type Span, type SpanKind, span } from "#schema/activity";
import type { QueueRow } from "#schema/queue";
import { formatInZone } from "#schema/time";

/** One stretch of one person's work as a log tells it, with its times in epoch ms for ordering. */
export interface LoggedSpan {
  person: string;
  start: number;
  end: number;
  span: Span;
}

/** A line that could not be used, and why; the reason never holds what the line says. */
export interface LineFault {
  line: number;
  reason: string;
}

/** What a log holds that the store can hold: nothing else leaves the importer. */
export interface CallLog {
  spans: LoggedSpan[];
  queue: QueueRow[];
  faults: LineFault[];
}

/** The file as a whole is not what it was said to be. The message says what was expected. */
export class WrongFile extends Error {}

/** One line is not what it should be: the column's name and what was expected there, never its content. */
export class MalformedLine extends Error {}

/**
 * Checks and writes one span.
 * @throws MalformedLine
 */
export function writeSpan(
  person: string,
  personColumn: string,
  times: { start: number; end: number; startColumn: string; endColumn: string; zone: string },
  details: { kind: SpanKind; label?: string; labelColumn: string },
): LoggedSpan {
  if (!personName.safeParse(person).success)
    throw new MalformedLine(
      `${personColumn}: expected a name of up to 60 letters, digits, spaces, dots, dashes or apostrophes`,
    );
  if (times.start < 1_800_000)
    throw new MalformedLine(`${times.startColumn}: expected a time after 1970`);
  const parsed = span.safeParse({
    kind: details.kind,
    start: formatInZone(times.start, times.zone),
    end: formatInZone(times.end, times.zone),
    source: "imported",
    ...(details.label === undefined ? {} : { label: details.label }),
  });
  if (parsed.success) return { person, start: times.start, end: times.end, span: parsed.data };
  const issue = parsed.error.issues[0];
  const column = issue?.path[0] === "label" ? details.labelColumn : times.endColumn;
  throw new MalformedLine(
    issue?.path[0] === "label"
      ? `${column}: expected ${issue.message}`
      : `${column}: ${issue?.message ?? "not a span"}`,
  );
}
