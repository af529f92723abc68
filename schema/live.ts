import { z } from "zod";
import { storedMark, storedSpan, storedTally } from "./activity.ts";
import { shift } from "./archive.ts";
import { type Ack, gap, sha256Hex } from "./batch.ts";
import { charter } from "./charter.ts";
import { problemCode } from "./problem.ts";
import { DAY_MS, millisecondsOf, timestamp } from "./time.ts";

/** Where agents connect. A request that carries an Origin is refused: no web page is an agent. */
export const AGENT_PATH = "/live/agent";
/** Where dashboards connect, with their session cookie and the exact Origin of the site. */
export const UI_PATH = "/live/ui";
/** Bytes of one frame at most, on both paths. */
export const MAX_FRAME_BYTES = 256 * 1024;

/** Sent by the server at once on each connection; the nonce is to be signed within 10 s. */
export const challenge = z.strictObject({ site: z.guid(), nonce: z.string().length(43) });
export type Challenge = z.infer<typeof challenge>;

/** `signature`: Ed25519 over `helloMessage`, base64url. */
export const hello = z.strictObject({
  workstation: z.guid(),
  epoch: z.int().min(1).nullable(),
  signature: z.string().length(86),
  agent: z.string().max(40),
});
export type Hello = z.infer<typeof hello>;

/** The bytes an agent signs to prove who it is: bound to this site and this connection's nonce. */
export function helloMessage(site: string, nonce: string, workstation: string): string {
  return `etabli-hello/1\n${site}\n${nonce}\n${workstation}\n`;
}

export const charterInForce = z.strictObject({ document: charter, sha256: sha256Hex });
export type CharterInForce = z.infer<typeof charterInForce>;

export const welcome = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    epoch: z.int().min(1),
    charter: charterInForce,
    zone: z.string(),
    time: timestamp,
  }),
  z.strictObject({ ok: z.literal(false), code: problemCode, message: z.string() }),
]);
export type Welcome = z.infer<typeof welcome>;

/** Days one question may cover: the answer is built whole. */
export const MAX_STORED_DAYS = 8;

/** Asks for what the server holds from this workstation, so that anyone can compare. */
export const storedQuery = z
  .strictObject({ from: timestamp, to: timestamp })
  .refine(({ from, to }) => millisecondsOf(to) - millisecondsOf(from) <= MAX_STORED_DAYS * DAY_MS, {
    path: ["to"],
    error: `more than ${MAX_STORED_DAYS} days`,
  });
export type StoredQuery = z.infer<typeof storedQuery>;

export const storedReply = z.strictObject({
  spans: z.array(storedSpan),
  marks: z.array(storedMark),
  tallies: z.array(storedTally),
});
export type StoredReply = z.infer<typeof storedReply>;

/** Agreed hours of the person of this workstation, as imported by the site, each shift touching the window asked for. */
export const plannedReply = z.strictObject({
  /** False: the site has never been given hours for this person. */
  known: z.boolean(),
  shifts: z.array(shift),
});
export type PlannedReply = z.infer<typeof plannedReply>;

/** Batches one question about receipts may name. */
export const MAX_RECEIPTS = 500;

const batchNumber = z.strictObject({ epoch: z.int().min(1), seq: z.int().min(1) });

export const receiptsQuery = z.strictObject({ batches: z.array(batchNumber).max(MAX_RECEIPTS) });
export type ReceiptsQuery = z.infer<typeof receiptsQuery>;

/** The hash the site noted when it took each batch, in the order asked; null for one it does not know. */
export const receiptsReply = z.strictObject({ sha256: z.array(sha256Hex.nullable()) });
export type ReceiptsReply = z.infer<typeof receiptsReply>;

/** What just got stored, to its owner's own dashboards. */
export const activityFrame = z.strictObject({
  ...storedReply.shape,
  gap: gap.optional(),
});
export type ActivityFrame = z.infer<typeof activityFrame>;

export interface AgentToServer {
  hello: (hello: Hello, reply: (welcome: Welcome) => void) => void;
  /** The very bytes of a sealed batch. */
  batch: (bytes: Uint8Array, reply: (ack: Ack) => void) => void;
  stored: (query: StoredQuery, reply: (stored: StoredReply) => void) => void;
  /** The person's agreed hours, for a window as in `stored`. */
  planned: (query: StoredQuery, reply: (planned: PlannedReply) => void) => void;
  receipts: (query: ReceiptsQuery, reply: (receipts: ReceiptsReply) => void) => void;
}
export interface ServerToAgent {
  challenge: (challenge: Challenge) => void;
  charter: (charter: CharterInForce) => void;
  /** The agreed hours have changed: ask for them again. */
  replan: () => void;
}
/** Dashboards listen only. */
export type UiToServer = Record<string, never>;
export interface ServerToUi {
  activity: (frame: ActivityFrame) => void;
}
