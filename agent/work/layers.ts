import type { Charter } from "#schema/charter";
import { mapCategory, mayRecord } from "../charter-guard.ts";
import type { SpanContent, Wanted, WantedLayers } from "../tracker.ts";
import { contentOf, type Declared } from "./declared.ts";

/** Whether somebody is at the desk; null where that cannot be told. */
export type Presence = "here" | "away" | "locked" | null;

/** A state a telephone system or another program told of. */
export interface FeedTask {
  content: SpanContent;
  turn: number;
}

/** All that is known of the moment, before the charter has a say. */
export interface Scene {
  declared: Declared;
  feed: Readonly<Record<string, FeedTask>>;
  inFront: string | null;
  presence: Presence;
}

/** The layer of a thread of a feed. */
export const feedLayer = (thread: string) => `feed:${thread}`;

/** Feed states that say less than a person who has declared what they are at. */
const vague = new Set(["ready", "break", "unknown"]);

/**
 * The spans that are to be under way: the declared task; the application in front, as long as somebody is there; and
 * each state of a feed unless what was declared says the same, or more.
 */
export function chooseLayers(scene: Scene, charter: Charter): WantedLayers {
  const wanted: Record<string, Wanted> = {};
  const { declared, feed, inFront } = scene;
  const declaredKind = declared.task?.said.kind;
  if (declared.task && mayRecord(charter, declared.task.said.kind))
    wanted.work = { key: `${declared.task.turn}`, content: contentOf(declared.task) };
  for (const [thread, { content, turn }] of Object.entries(feed)) {
    const { kind } = content;
    const isSaid = declaredKind !== undefined && (kind === declaredKind || vague.has(kind));
    if (!isSaid && mayRecord(charter, kind))
      wanted[feedLayer(thread)] = { key: `${turn}`, content };
  }
  const category =
    inFront !== null && isAtWork(scene) && mayRecord(charter, "focus")
      ? mapCategory(charter, inFront)
      : null;
  if (category !== null)
    wanted.focus = { key: category, content: { kind: "focus", label: category, source: "sensed" } };
  return wanted;
}

/** A contact under way is work without input; a locked screen shows nothing to anybody. */
function isAtWork({ presence, declared, feed }: Scene): boolean {
  if (presence === "locked") return false;
  if (presence !== "away") return true;
  const isContact = (kind: string | undefined) => kind === "contact";
  return (
    isContact(declared.task?.said.kind) ||
    Object.values(feed).some((told) => isContact(told.content.kind))
  );
}
