import type { Recording } from "./recording.ts";

/** Charter and person choose for applications in front and for counts of input apart. */
export interface Recordings {
  focus: Recording;
  input: Recording;
}

/** The choice that buckets of this type depend on. */
export function categoryOf(type: string): keyof Recordings {
  return type === "os.hid.input" ? "input" : "focus";
}
