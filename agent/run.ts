import { randomBytes } from "node:crypto";
import { formatTimestamp } from "#schema/time";
import type { Clock } from "./clock.ts";
import { controlAddress } from "./control/address.ts";
import { listenForCommands } from "./control/listen.ts";
import type { Reply, Request, Status } from "./control/messages.ts";
import { type Desk, startDesk } from "./desk/start-desk.ts";
import { lockAgentFolder } from "./folder-lock.ts";
import type { Identity } from "./identity.ts";
import type { Desktop } from "./sensors/desktop.ts";
import { notRecording } from "./session/answer.ts";
import { done, refuse } from "./session/reply.ts";
import { keepSeat } from "./session/seat.ts";
import { AGENT_VERSION } from "./version.ts";

export interface RunOptions {
  folder: string;
  /** Null on a shared workstation: whoever signs in brings their own. */
  identity: Identity | null;
  desktop: Desktop;
  sealEverySeconds: number;
  /** Where the desk page is; null for its usual port. */
  deskPort: number | null;
  gatewayPort: number | null | "off";
  /** The folder of the built desk page. */
  page: string;
  clock: Clock;
  random: () => number;
  /** What the person should know, in plain words; never what was recorded. */
  say: (line: string) => void;
}

/**
 * The agent at work for this machine: the desk page, this machine's commands, and the session of whoever is here.
 * @returns how to end it
 * @throws AlreadyRunning, RulesError, FeedError
 */
export async function runAgent(options: RunOptions): Promise<{ stop(): Promise<void> }> {
  const { folder, identity, clock, say } = options;
  const unlock = lockAgentFolder(folder);
  const seat = keepSeat(options, (by) => desk?.endSessions(by === "person"));
  let desk: Desk | null = null;

  function describe(): Status {
    const around = {
      version: AGENT_VERSION,
      shared: identity === null,
      desk: desk?.address ?? null,
    };
    const { session } = seat;
    return { ...(session ? session.describe() : describeNobody(clock.now())), ...around };
  }

  async function handle(request: Request): Promise<Reply> {
    switch (request.command) {
      case "status":
        return { ...done("status", ""), status: describe() };
      case "desk":
        return desk
          ? { ...done("desk", ""), address: `${desk.address}/#${desk.makeTicket()}` }
          : refuse("failed", "The desk page could not be started. See: etabli status");
      case "signin":
        return await seat.signIn(request.name, request.passphrase);
      case "signout":
        return await seat.signOut();
      default:
        return (await seat.session?.handle(request)) ?? notRecording("signed-out");
    }
  }

  try {
    if (identity) await seat.open({ folder, identity });
    desk = await startDesk({
      folder,
      handle,
      takeFeed: (body) => seat.session?.takeFeed(body) ?? notRecording("signed-out"),
      page: options.page,
      clock,
      random: randomBytes,
      say,
      ...(options.deskPort !== null && { port: options.deskPort }),
    });
    const { deskPort } = options;
    if (deskPort !== null && deskPort !== 0 && new URL(desk.address).port !== `${deskPort}`)
      say(`port ${deskPort} is taken: the desk page is at ${desk.address}`);
    const control = await listenForCommands(controlAddress(folder), handle);
    return {
      async stop() {
        await control.close();
        await desk?.stop();
        await seat.close();
        unlock();
      },
    };
  } catch (error) {
    await desk?.stop();
    await seat.close();
    unlock();
    throw error;
  }
}

/** The state of a machine at which nobody is signed in: nothing is recorded, and nothing of anybody is shown. */
function describeNobody(now: number): Omit<Status, "version" | "shared" | "desk"> {
  const off = { state: "off" as const };
  return {
    now: formatTimestamp(now, -new Date(now).getTimezoneOffset()),
    server: "",
    mode: "real",
    recording: "signed-out",
    until: null,
    hours: { known: false, current: null, next: null, outsideToo: false },
    connection: { kind: "stopped" },
    charter: null,
    categories: [],
    holdBack: { charter: 0, own: 0, minutes: 0 },
    task: null,
    parked: [],
    openMarks: [],
    applications: { ...off, inFront: null },
    presence: { ...off, now: null },
    input: off,
    gateway: { ...off, address: null },
    feed: off,
    waiting: { held: 0, batches: 0, batchEvents: 0, bytes: 0, refused: 0 },
    troubles: [],
  };
}
