import type { InputExtension, XEvent } from "x11";
import {
  type InputKind,
  type InputSensorOptions,
  type StartedSensor,
  unsupported,
} from "../sensor.ts";
import type { X11Display } from "./connect.ts";

/** Where an event of XInput 2 has its type, and a raw one the key or button, counted from byte 8 on. */
const TYPE_AT = 0;
const DETAIL_AT = 8;

/**
 * Counts presses of keys and buttons and turns of the wheel on an X11 display, from the raw events of XInput 2:
 * https://www.x.org/releases/X11R7.7/doc/inputproto/XI2proto.txt
 */
export async function startX11Input(
  options: InputSensorOptions & { display: X11Display },
): Promise<StartedSensor> {
  let isOver = false;
  const display = await options.display.open((reason) => {
    if (isOver) return;
    isOver = true;
    options.onEnd(reason);
  });
  if ("reason" in display) return unsupported(display.reason);
  const { client, root, ask } = display;
  const refuse = () => {
    isOver = true;
    display.release();
    return unsupported("this X11 display does not let input be counted (it lacks XInput 2)");
  };
  const input = await ask<InputExtension>((done) => client.require("xinput", done)).catch(
    () => null,
  );
  if (!input?.xi2) return refuse();

  // The package's own decoding would hand on which key it was.
  client.geEventParsers[input.majorOpcode] = (_type, _sequence, _length, _extension, body) =>
    decodeInput(body, input.EventType);
  const onEvent = (event: XEvent) => {
    if (event.input !== undefined) options.onInput(event.input);
  };
  client.on("event", onEvent);
  const { RawKeyPress, RawButtonPress } = input.EventMask;
  const select = (mask: number) =>
    input.XISelectEvents(root, { deviceId: input.AllMasterDevices, mask });
  select(RawKeyPress | RawButtonPress);
  return {
    state: { kind: "available" },
    stop() {
      client.removeListener("event", onEvent);
      if (!isOver) select(0);
      isOver = true;
      display.release();
    },
  };
}

/**
 * What kind of input an event of XInput 2 tells of. All else that it says (which key, when, on which device) is wiped
 * from its bytes at once. Buttons 4 to 7 are the wheel.
 */
export function decodeInput(
  body: Buffer,
  types: { RawKeyPress: number; RawButtonPress: number },
): XEvent {
  const type = body.readUInt16LE(TYPE_AT);
  let input: InputKind | undefined;
  if (type === types.RawKeyPress) input = "key";
  else if (type === types.RawButtonPress) {
    const button = body.readUInt32LE(DETAIL_AT);
    input = button >= 4 && button <= 7 ? "scroll" : "click";
  }
  body.fill(0);
  return { name: "Input", ...(input && { input }) };
}
