import type { Mark, Span } from "#schema/activity";
import type { TestSite } from "#test/support/site";
import type { TestTechnician } from "#test/support/site-client";

/** When it is in the tests that stand still: a Wednesday afternoon in Paris. */
export const AT = "2026-11-25T14:00:00.000+01:00";

const time = (clock: string) => `2026-11-25T${clock}:00.000+01:00`;

/** A span of that day by its clock times. */
export function spanOf(
  kind: Span["kind"],
  start: string,
  end: string,
  fields: Partial<Span> = {},
): Span {
  return { kind, start: time(start), end: time(end), source: "declared", ...fields };
}

/**
 * A morning from 08:00 to 14:00 with one hole from 10:15 to 11:00: 2 h 40 on five contacts, two of them at once,
 * 5 h 15 recorded of 6 h planned so far, two breaks of 1 h in all.
 */
export const spans: Span[] = [
  spanOf("ready", "08:00", "08:20"),
  spanOf("contact", "08:20", "08:50", { label: "PS", task: "4711" }),
  spanOf("acw", "08:50", "09:00"),
  spanOf("contact", "09:00", "09:40", { label: "NE" }),
  spanOf("case", "09:40", "10:00"),
  spanOf("break", "10:00", "10:15"),
  spanOf("contact", "11:00", "11:30"),
  spanOf("ready", "11:30", "12:00"),
  spanOf("break", "12:00", "12:45"),
  spanOf("contact", "12:45", "13:45"),
  spanOf("contact", "13:15", "13:45"),
  spanOf("acw", "13:45", "14:00"),
  spanOf("focus", "08:20", "08:40", { label: "crm", source: "sensed" }),
  spanOf("focus", "08:40", "09:00", { label: "knowledge", source: "sensed" }),
];

export const marks: Mark[] = [
  { kind: "interrupt", at: time("09:50"), until: time("09:55"), label: "colleague" },
];

/** Plans that day for a technician and sends the morning from a workstation of theirs. */
export async function recordMorning(site: TestSite, technician: TestTechnician): Promise<void> {
  await site.planShifts(`${technician.login},2026-11-25,08:00,16:00,10:00-10:15;12:00-12:45`);
  const agent = await site.openAgent(technician);
  await agent.send({ spans, marks });
}
