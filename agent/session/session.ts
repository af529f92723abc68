import type { Clock } from "../clock.ts";
import type { Reply, Status } from "../control/messages.ts";
import type { BucketDefinition } from "../gateway/bucket-definition.ts";
import type { Identity } from "../identity.ts";
import type { Desktop } from "../sensors/desktop.ts";
import type { SessionRequest } from "./answer.ts";
import type { Decision } from "./permission.ts";

export interface SessionOptions {
  /** The person's own folder. */
  folder: string;
  /** The machine's folder, with the rules and the mapping that hold for whoever is here. */
  home: string;
  identity: Identity;
  /** On a shared workstation: what the person's files are encrypted with. */
  key?: Buffer | undefined;
  desktop: Desktop;
  sealEverySeconds: number;
  /** Where watchers of ActivityWatch report; null for its usual port, "off" for none. */
  gatewayPort: number | null | "off";
  /** Buckets that watchers made while somebody else was here. */
  bucketDefinitions?: readonly BucketDefinition[];
  clock: Clock;
  random: () => number;
  /** What the person should know, in plain words; never what was recorded. */
  say: (line: string) => void;
  /** The state of the connection, for the log. */
  log: (line: string) => void;
  onRecording?: (decision: Decision) => void;
  /** Given on a shared machine: the lock is watched whether or not anything is recorded. */
  onLocked?: (isLocked: boolean) => void;
}

/** One person at this machine: senses, records under the charter, keeps, sends, and answers. */
export interface Session {
  handle(request: SessionRequest): Promise<Reply>;
  takeFeed(body: unknown): Reply;
  describe(): Omit<Status, "version" | "shared" | "desk">;
  /** The buckets watchers count on, for the session of whoever comes next. */
  bucketDefinitions(): readonly BucketDefinition[];
  /** Closes what is open, seals, sends for at most three seconds. */
  stop(): Promise<void>;
}
