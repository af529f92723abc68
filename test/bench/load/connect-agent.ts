import { signHello } from "#agent/identity";
import { type AgentSocket, makeSocket } from "#agent/server-connection";
import { demoZone } from "#schema/demo-site";
import { challenge as challengeSchema, welcome as welcomeSchema } from "#schema/live";
import type { EnrolledWorkstation } from "../site/enrol-workstations.ts";

/** A workstation's connection that has said hello, and the charter its batches must name. */
export interface ConnectedAgent {
  socket: AgentSocket;
  charter: string;
}

/** Connects as the agent does and proves the workstation's key. @throws when it is not welcome */
export async function connectAgent(
  url: string,
  { workstation, epoch, privateKey }: EnrolledWorkstation,
): Promise<ConnectedAgent> {
  const socket = makeSocket(url);
  const greeted = new Promise<unknown>((resolve, reject) => {
    socket.once("challenge", resolve);
    socket.once("connect_error", reject);
  });
  socket.connect();
  const challenge = challengeSchema.parse(await greeted);
  const identity = {
    server: url,
    site: challenge.site,
    mode: "real" as const,
    workstation,
    zone: demoZone,
    privateKey,
  };
  const answer = await socket.emitWithAck("hello", signHello(identity, epoch, challenge));
  const welcome = welcomeSchema.parse(answer);
  if (!welcome.ok) throw new Error(welcome.message);
  return { socket, charter: welcome.charter.sha256 };
}
