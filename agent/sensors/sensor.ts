/** A sensor that works; with a reason when there is something that it may miss. */
export interface Available {
  kind: "available";
  reason?: string;
}

/** What a sensor can do here. A sensor that is blind says so; it never reports that nothing is in front. */
export type SensorState =
  | Available
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

export interface LockSensorOptions {
  /** Called with the present state at once, and with each change. */
  onLocked: (isLocked: boolean) => void;
  onEnd: (reason: string) => void;
}

/** One press or turn, without saying of what: keys, positions and times stay in the operating system. */
export type InputKind = "key" | "click" | "scroll";

export interface InputSensorOptions {
  onInput: (kind: InputKind) => void;
  onEnd: (reason: string) => void;
}

/** A sensor at work, or the reason why there is none. What one at work may miss can change. */
export type StartedSensor =
  | { readonly state: Available; stop: () => void }
  | { state: Exclude<SensorState, { kind: "available" }> };

/** How long ago the last input was. The figure is only compared with a threshold; it is kept nowhere. */
export type StartedInputAge =
  | {
      state: Available;
      /** Milliseconds since the last input; null when the system does not say just now. */
      read: () => Promise<number | null>;
      stop: () => void;
    }
  | { state: Exclude<SensorState, { kind: "available" }> };

export function unsupported(reason: string): { state: { kind: "unsupported"; reason: string } } {
  return { state: { kind: "unsupported", reason } };
}
