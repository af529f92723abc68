import {
  type PlannedReply,
  plannedReply,
  type ReceiptsQuery,
  type ReceiptsReply,
  receiptsReply,
  type StoredQuery,
  type StoredReply,
  storedReply,
} from "#schema/live";
import { answerWithin } from "../ask.ts";
import type { Clock } from "../clock.ts";
import type { AgentSocket } from "../server-connection.ts";

const ANSWER_TIMEOUT_MS = 30_000;

/** What can be asked of the site. Each waits for a connection, and fails when the site does not answer in time. */
export interface Questions {
  /** What the site holds of this workstation in a window. */
  readStored(query: StoredQuery): Promise<StoredReply>;
  /** The person's agreed hours in a window. */
  readPlanned(query: StoredQuery): Promise<PlannedReply>;
  /** The hash the site noted of each of these batches when it took it. */
  readReceipts(query: ReceiptsQuery): Promise<ReceiptsReply>;
}

/** @param connected gives the connection once the site has welcomed us */
export function makeQuestions(clock: Clock, connected: () => Promise<AgentSocket>): Questions {
  const within = <T>(answer: Promise<T>) => answerWithin(clock, ANSWER_TIMEOUT_MS, answer);
  return {
    async readStored(query) {
      const socket = await connected();
      return storedReply.parse(await within(socket.emitWithAck("stored", query)));
    },
    async readPlanned(query) {
      const socket = await connected();
      return plannedReply.parse(await within(socket.emitWithAck("planned", query)));
    },
    async readReceipts(query) {
      const socket = await connected();
      return receiptsReply.parse(await within(socket.emitWithAck("receipts", query)));
    },
  };
}
