import {
  type PlannedReply,
  type ReceiptsReply,
  receiptsQuery,
  type StoredReply,
  storedQuery,
} from "#schema/live";
import { millisecondsOf } from "#schema/time";
import { readMarks, readSpans, readTallies } from "#server/database/activity-read";
import { readPlannedHours } from "#server/database/planned-hours";
import { readReceipts } from "#server/database/receipt";
import { asRole, type Store } from "#server/database/store";
import type { Workstation } from "#server/database/workstation";

type Asking = Pick<Workstation, "id" | "person">;

/**
 * What the store holds from the asking workstation.
 * @throws when the question is none
 */
export async function answerStored(
  store: Store,
  asking: Asking,
  question: unknown,
): Promise<StoredReply> {
  const range = { ...readRange(question), workstation: asking.id };
  return await asRole(
    store,
    "etabli_subject",
    async (db) => ({
      spans: await readSpans(db, range),
      marks: await readMarks(db, range),
      tallies: await readTallies(db, range),
    }),
    asking.person,
  );
}

/**
 * The agreed hours of the person of the asking workstation.
 * @throws when the question is none
 */
export async function answerPlanned(
  store: Store,
  asking: Asking,
  question: unknown,
): Promise<PlannedReply> {
  return await readPlannedHours(store, asking.person, readRange(question));
}

/**
 * The hashes noted for batches of the asking workstation.
 * @throws when the question is none
 */
export async function answerReceipts(
  store: Store,
  asking: Asking,
  question: unknown,
): Promise<ReceiptsReply> {
  const { batches } = receiptsQuery.parse(question);
  return await asRole(
    store,
    "etabli_subject",
    async (db) => ({ sha256: await readReceipts(db, asking.id, batches) }),
    asking.person,
  );
}

function readRange(question: unknown): { from: Date; to: Date } {
  const { from, to } = storedQuery.parse(question);
  return { from: new Date(millisecondsOf(from)), to: new Date(millisecondsOf(to)) };
}
