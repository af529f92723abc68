import { createServer } from "node:net";
import type { Status } from "../control/messages.ts";
import { type Check, warns, works } from "./check.ts";

const gateway = { id: "gateway-port", name: "ActivityWatch door" };
const desk = { id: "desk-port", name: "Desk address" };

/** Where the agent that runs listens. */
export function checkRunningPorts(status: Status): Check[] {
  const { state, address, reason } = status.gateway;
  const door = address
    ? works(gateway, `open at ${address}`)
    : state === "off"
      ? works(gateway, "closed")
      : warns(gateway, reason ?? "closed", "Choose another: etabli install --gateway-port <port>");
  const page = status.desk
    ? works(desk, status.desk)
    : warns(desk, "the page is not served", "Start the agent again.");
  return [page, door];
}

/** Whether the ports are free that an agent would listen at. */
export async function tryPorts(ports: { desk: number; gateway: number | "off" }): Promise<Check[]> {
  const page = (await isFree(ports.desk))
    ? works(desk, `port ${ports.desk} is free`)
    : works(desk, `port ${ports.desk} is taken; another will be chosen`);
  if (ports.gateway === "off") return [page, works(gateway, "closed")];
  const door = (await isFree(ports.gateway))
    ? works(gateway, `port ${ports.gateway} is free`)
    : warns(
        gateway,
        `port ${ports.gateway} is taken, perhaps by ActivityWatch's own server`,
        "Stop that, or choose another: etabli install --gateway-port <port>",
      );
  return [page, door];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
