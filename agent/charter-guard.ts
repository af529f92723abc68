import canonicalize from "canonicalize";
import type { Mark, Span, SpanKind, Tally } from "#schema/activity";
import { type Charter, isOn } from "#schema/charter";
import type { CharterInForce } from "#schema/live";
import { sha256Of } from "./seal-batch.ts";

/** Where applications go that the rules or the charter do not name. */
export const OTHER = "other";

/** Whether a charter is the document its hash names (sha256 of its RFC 8785 form). */
export function isCharterIntact({ document, sha256 }: CharterInForce): boolean {
  const text = canonicalize(document);
  return text !== undefined && sha256Of(Buffer.from(text, "utf8")) === sha256;
}

/** Whether spans of this kind may be recorded. Without a charter nothing may. */
export function mayRecord(charter: Charter | null, kind: SpanKind): boolean {
  if (charter === null) return false;
  if (kind === "focus") return isOn(charter, "focus");
  if (kind === "community") return isOn(charter, "work") && isOn(charter, "community");
  return isOn(charter, "work");
}

/** The application category as the charter knows it: `other` for one it does not name, null if it has no `other`. */
export function mapCategory(charter: Charter, category: string): string | null {
  const known = charter.applicationCategories;
  if (known.includes(category)) return category;
  return known.includes(OTHER) ? OTHER : null;
}

/** What of these events may be kept: categories that are not on are dropped, unknown applications become `other`. */
export function guardEvents(
  charter: Charter | null,
  events: { spans: readonly Span[]; marks: readonly Mark[]; tallies: readonly Tally[] },
): { spans: Span[]; marks: Mark[]; tallies: Tally[] } {
  if (charter === null) return { spans: [], marks: [], tallies: [] };
  const relabel = <Event extends { label?: string | undefined }>(event: Event) => {
    const label = mapCategory(charter, event.label ?? OTHER);
    return label === null ? [] : [{ ...event, label }];
  };
  const spans = events.spans
    .filter((span) => mayRecord(charter, span.kind))
    .flatMap((span) => (span.kind === "focus" ? relabel(span) : [span]));
  const marks = isOn(charter, "work") ? [...events.marks] : [];
  const tallies = isOn(charter, "input") ? events.tallies.flatMap(relabel) : [];
  return { spans, marks, tallies };
}
