declare module "x11" {
  import type { Duplex } from "node:stream";

  interface Property {
    type: number;
    data: Buffer;
  }
  export interface XEvent {
    name: string;
    wid?: number;
    atom?: number;
    /** Of an event that our own decoding made of raw input. */
    input?: "key" | "click" | "scroll";
  }
  type Callback<T> = (error: Error | null, result: T) => void;

  export interface ScreenSaverInfo {
    /** Milliseconds since the last input. */
    idle: number;
  }
  export interface ScreenSaverExtension {
    QueryInfo(window: number, callback: Callback<ScreenSaverInfo>): void;
  }
  export interface InputExtension {
    majorOpcode: number;
    AllMasterDevices: number;
    EventMask: { RawKeyPress: number; RawButtonPress: number };
    EventType: { RawKeyPress: number; RawButtonPress: number };
    /** Null where the server knows only the first version. */
    xi2: { majorVersion: number; minorVersion: number } | null;
    XISelectEvents(window: number, masks: { deviceId: number; mask: number }): void;
  }

  /** The part of the X client that the sensors use. */
  export interface XClient {
    InternAtom(onlyIfExists: boolean, name: string, callback: Callback<number>): void;
    ChangeWindowAttributes(window: number, values: { eventMask: number }): void;
    GetProperty(
      remove: boolean,
      window: number,
      name: number,
      type: number,
      offset: number,
      length: number,
      callback: Callback<Property>,
    ): void;
    require(name: "screen-saver", callback: Callback<ScreenSaverExtension>): void;
    require(name: "xinput", callback: Callback<InputExtension>): void;
    /** Decoders of the events of extensions, by the extension's number. `body` is the event from its byte 8 on. */
    geEventParsers: Record<
      number,
      (type: number, sequence: number, length: number, extension: number, body: Buffer) => XEvent
    >;
    on(event: "event", listener: (event: XEvent) => void): void;
    on(event: "error", listener: (error: Error) => void): void;
    on(event: "end", listener: () => void): void;
    removeListener(event: "event", listener: (event: XEvent) => void): void;
    terminate(): void;
    stream: Duplex;
  }
  export interface XDisplay {
    client: XClient;
    screen: { root: number }[];
  }
  export const eventMask: { PropertyChange: number };
  export function createClient(
    options: { display: string; stream?: Duplex; shm?: "off" },
    callback: (error: Error | undefined, display: XDisplay) => void,
  ): { on(event: "error", listener: (error: Error) => void): void };
}
