import { setTimeout as wait } from "node:timers/promises";
import { sendCommand } from "#agent/control/send-command";

const PATIENCE_MS = 30_000;

/** Waits until a running agent records, sees windows and is connected. @returns the address of the desk page */
export async function waitUntilRecording(address: string): Promise<string> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const reply = await sendCommand(address, { command: "status" });
    if (!reply.ok || !reply.status?.desk) throw new Error("the agent does not tell its state");
    const { recording, applications, connection, desk } = reply.status;
    const isReady = recording === "on" && applications.state === "sensed";
    if (isReady && connection.kind === "connected") return desk;
    if (performance.now() > until)
      throw new Error(
        `the agent does not record: ${JSON.stringify({ recording, applications, connection })}`,
      );
    await wait(20);
  }
}
