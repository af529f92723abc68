import type { SpanKind, WorkKind } from "#schema/activity";

/** Work kinds that look alike on screen; each look is a colour and a height, so that colour is never alone. */
export type Look =
  | "contact"
  | "acw"
  | "ready"
  | "break"
  | "inquiry"
  | "together"
  | "trouble"
  | "unknown"
  | "tool";

const looks: Record<SpanKind, Look> = {
  contact: "contact",
  acw: "acw",
  ready: "ready",
  break: "break",
  case: "inquiry",
  research: "inquiry",
  expert_consult: "together",
  help_given: "together",
  training: "together",
  community: "together",
  meeting: "together",
  tool_wait: "trouble",
  tech_incident: "trouble",
  unknown: "unknown",
  focus: "tool",
};

/** Share of the lane's height each look fills, from the base line up. */
const heights: Record<Look, number> = {
  contact: 1,
  inquiry: 0.84,
  together: 0.84,
  acw: 0.66,
  trouble: 0.84,
  break: 0.46,
  ready: 0.24,
  unknown: 0.24,
  tool: 1,
};

/** How a kind looks. */
export function lookOf(kind: SpanKind): Look {
  return looks[kind];
}

/** Share (0..1) of the lane's height a look fills. */
export function heightOf(look: Look): number {
  return heights[look];
}

/** The colour of a look, as a CSS value. */
export function colourOf(look: Look): string {
  return look === "tool" ? "var(--tool)" : `var(--kind-${look})`;
}

/** The order kinds are listed in: as a contact unfolds, then the rest. */
export const listedKinds: readonly WorkKind[] = [
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
  "tool_wait",
  "tech_incident",
  "unknown",
];
