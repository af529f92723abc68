import { connect } from "node:net";
import { answerWithin } from "../../ask.ts";
import type { Clock } from "../../clock.ts";
import { type StartedSensor, unsupported, type WindowSensorOptions } from "../sensor.ts";
import { decodeSway, encodeSway, frontOfTree, readWindowEvent, SWAY } from "./sway-ipc.ts";

const START_TIMEOUT_MS = 5_000;

/** Tells which application is in front on sway, when sway says that it changed. */
export async function startSwayWindow(
  options: WindowSensorOptions & { clock: Clock; socket: string },
): Promise<StartedSensor> {
  const socket = connect(options.socket);
  let received = Buffer.alloc(0);
  let last: string | null | undefined;
  let isOver = false;
  let start = (_isStarted: boolean) => {};
  const starting = new Promise<boolean>((resolve) => {
    start = resolve;
  });

  const look = () => socket.write(encodeSway(SWAY.getTree, ""));
  function tell(name: string | null): void {
    start(true);
    if (isOver || name === last) return;
    last = name;
    options.onApplication(name);
  }
  function take(type: number, body: unknown): void {
    if (type === SWAY.getTree) tell(frontOfTree(body));
    // A workspace without windows has no window event of its own.
    else if (type === SWAY.workspaceEvent) look();
    else if (type === SWAY.windowEvent) {
      const event = readWindowEvent(body);
      if ("focus" in event) tell(event.focus);
      else if (event.look) look();
    }
  }
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
    try {
      for (let next = decodeSway(received); next; next = decodeSway(received)) {
        received = received.subarray(next.size);
        take(next.message.type, next.message.body);
      }
    } catch {
      // What sway says cannot be read: its error would repeat it.
      socket.destroy();
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    start(false);
    if (isOver || last === undefined) return;
    isOver = true;
    options.onEnd("sway ended, or speaks differently than expected");
  });
  socket.write(encodeSway(SWAY.subscribe, '["window","workspace"]'));
  look();

  const isStarted = await answerWithin(options.clock, START_TIMEOUT_MS, starting).catch(
    () => false,
  );
  if (!isStarted) {
    isOver = true;
    socket.destroy();
    return unsupported("sway does not answer on its socket");
  }
  return {
    state: { kind: "available" },
    stop() {
      isOver = true;
      socket.destroy();
    },
  };
}
