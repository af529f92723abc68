declare module "x11" {
  import type { Duplex } from "node:stream";

  interface Property {
    type: number;
    data: Buffer;
  }
  interface XEvent {
    name: string;
    wid?: number;
    atom?: number;
  }
  type Callback<T> = (error: Error | null, result: T) => void;

  /** The part of the X client that the window sensor uses. */
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
    on(event: "event", listener: (event: XEvent) => void): void;
    on(event: "error", listener: (error: Error) => void): void;
    on(event: "end", listener: () => void): void;
    terminate(): void;
  }
  export interface XDisplay {
    client: XClient;
    screen: { root: number }[];
  }
  export const eventMask: { PropertyChange: number };
  export function createClient(
    options: { display: string; stream?: Duplex },
    callback: (error: Error | undefined, display: XDisplay) => void,
  ): { on(event: "error", listener: (error: Error) => void): void };
}
