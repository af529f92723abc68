import type { SpanKind, WorkKind } from "#schema/activity";
import { knownCategories } from "#schema/application-category";

/** Kinds a person can begin, as a contact unfolds, then the rest. */
export const beginnableKinds: readonly WorkKind[] = [
  "contact",
  "acw",
  "ready",
  "break",
  "case",
  "research",
  "expert_consult",
  "help_given",
  "training",
  "community",
  "meeting",
];

/** Kinds that come between: what is under way is put aside for them. */
export const holdUps = ["tech_incident", "tool_wait"] as const satisfies readonly WorkKind[];

/** Every kind a span can be corrected to. */
export const workKindsInOrder: readonly WorkKind[] = [...beginnableKinds, ...holdUps, "unknown"];

/** The colour of a kind, as the dashboard has it. It never stands without the kind's name. */
export function colourOf(kind: SpanKind): string {
  return `var(--${colours[kind]})`;
}

const colours: Record<SpanKind, string> = {
  contact: "kind-contact",
  acw: "kind-acw",
  ready: "kind-ready",
  break: "kind-break",
  case: "kind-inquiry",
  research: "kind-inquiry",
  expert_consult: "kind-together",
  help_given: "kind-together",
  training: "kind-together",
  community: "kind-together",
  meeting: "kind-together",
  tool_wait: "kind-trouble",
  tech_incident: "kind-trouble",
  unknown: "kind-unknown",
  focus: "tool",
};

/** Whether the page has a name for a category of applications; another one is shown as the charter writes it. */
export function isNamedTool(label: string | undefined): label is (typeof knownCategories)[number] {
  return knownCategories.some((entry) => entry === label);
}
