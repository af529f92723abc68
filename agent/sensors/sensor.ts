/** What a sensor can do here. A sensor that is blind says so; it never reports that nothing is in front. */
export type SensorState =
  | { kind: "available" }
  | { kind: "unsupported"; reason: string }
  | { kind: "permission-missing"; reason: string };

export interface WindowSensorOptions {
  /**
   * Called with the name of the application in front when it changes, null when none can be seen. The name is raw:
   * it goes into `categorise` and nowhere else.
   */
  onApplication: (name: string | null) => void;
  /** The display went away; nothing more will come from this sensor. */
  onEnd: (reason: string) => void;
}

/** A sensor at work, or the reason why there is none. */
export type StartedSensor =
  | { state: { kind: "available" }; stop: () => void }
  | { state: Exclude<SensorState, { kind: "available" }> };

export function unsupported(reason: string): StartedSensor {
  return { state: { kind: "unsupported", reason } };
}
