import type { StoredEvents } from "../site/stored-events.ts";
import type { Step } from "./plan-day.ts";

/**
 * Sees to it that the site holds what happened, once. Windows may be fewer by a few, where they followed each other too
 * fast for this machine. @throws else
 */
export function checkDay(steps: readonly Step[], stored: StoredEvents): void {
  const states = steps.filter((step) => step.does === "state").map((step) => step.state);
  const commands = steps
    .filter((step) => step.does === "command")
    .map((step) => step.request.command);
  const windows = steps.filter((step) => step.does === "window").length;
  const expected = {
    contact: states.filter((state) => state === "on_contact").length,
    acw: states.filter((state) => state === "after_contact").length,
    break: states.filter((state) => state === "break").length,
    // An interruption cuts a case in two.
    case: commands.filter((command) => ["task-start", "task-back"].includes(command)).length,
    marks: commands.filter((command) => command === "mark").length,
    cut: 0,
  };
  const found = {
    contact: countSpans(stored, "contact"),
    acw: countSpans(stored, "acw"),
    break: countSpans(stored, "break"),
    case: countSpans(stored, "case"),
    marks: stored.marks,
    cut: stored.spans.filter(({ truncated }) => truncated).length,
  };
  const missing = windows - countSpans(stored, "focus");
  if (JSON.stringify(expected) !== JSON.stringify(found) || Math.abs(missing) > windows / 50)
    throw new Error(
      `the day was not recorded as it went: ${JSON.stringify({ expected, found, windows, missing })}`,
    );
}

/** How many spans of a kind the site holds. */
export function countSpans({ spans }: StoredEvents, kind: string): number {
  return spans.filter((span) => span.kind === kind).length;
}
