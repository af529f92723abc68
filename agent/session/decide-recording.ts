import { type Charter, isOn } from "#schema/charter";
import type { Choices } from "../choices.ts";
import type { RecordingState } from "../control/messages.ts";
import { type Hours, placeInHours } from "./hours.ts";

export interface Circumstances {
  /** The charter in force with the person's choices; null when none was received. */
  charter: Charter | null;
  pause: Pick<NonNullable<Choices["pause"]>, "until"> | null;
  /** Null: the site has not said yet. */
  hours: Hours | null;
  /** Epoch ms. */
  now: number;
}

/**
 * Whether anything is recorded now, and until when (epoch ms) that holds by itself. Everything that admits an event
 * asks this, and the light shows its answer.
 */
export function decideRecording(given: Circumstances): {
  state: RecordingState;
  until: number | null;
} {
  const { charter, pause, hours, now } = given;
  if (charter === null) return { state: "no-charter", until: null };
  if (pause !== null && (pause.until === null || pause.until > now))
    return { state: pause.until === null ? "private" : "paused", until: pause.until };
  if (!isOn(charter, "work") && !isOn(charter, "focus") && !isOn(charter, "input"))
    return { state: "nothing-on", until: null };
  if (isOn(charter, "off_schedule")) return { state: "on", until: null };
  if (hours === null) return { state: "hours-not-told", until: null };
  // Where a site has never agreed hours with this person, there are none to keep to.
  if (!hours.known) return { state: "on", until: null };
  // Of times it was not asked about, nothing is known.
  if (now < hours.from || now >= hours.to) return { state: "hours-not-told", until: null };
  const { current, next } = placeInHours(hours, now);
  return current
    ? { state: "on", until: current.end }
    : { state: "outside-hours", until: next?.start ?? null };
}
