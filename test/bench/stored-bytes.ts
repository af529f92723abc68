import { createHash } from "node:crypto";
import { z } from "zod";
import { demoZone } from "#schema/demo-site";
import { formatInZone } from "#schema/time";
import { type GatedBatch, storeBatches } from "#server/database/activity-write";
import { readRow } from "#server/database/query";
import { compressRawBefore } from "#server/database/retention";
import type { Store } from "#server/database/store";
import type { Benchmark, Figure } from "./benchmark.ts";
import { cutAsSealed, simulateShift } from "./desk/sealed-shift.ts";
import { type EnrolledWorkstation, enrolWorkstations } from "./site/enrol-workstations.ts";
import { makeFreshStore, withStore } from "./site/fresh-store.ts";

const PEOPLE = 30;
/** Days ago; all old enough to be compressed. */
const DAYS = [10, 9, 8, 7, 6, 5, 4];
const GROUP = 500;

/** What one event takes in the store, before and after its day is compressed. */
export const measureStoredBytes: Benchmark = {
  names: ["stored-bytes", "compressed-bytes", "receipt-bytes"],
  about: `bytes an event takes in its hypertable with indexes, fresh and compressed, and its share of the receipts: ${PEOPLE} simulated people over ${DAYS.length} days`,
  stores: "each",
  async measure(kind, tell) {
    const fresh = await makeFreshStore(kind);
    try {
      return await withStore(fresh.location, async (store) => {
        const now = new Date();
        const batches = makeBatches(await enrolWorkstations(store, PEOPLE), now);
        tell(`storing ${batches.length} batches`);
        for (let from = 0; from < batches.length; from += GROUP)
          await storeBatches(store, batches.slice(from, from + GROUP), now);
        const n = batches.reduce(
          (sum, { batch }) => sum + batch.spans.length + batch.marks.length,
          0,
        );
        const before = await readSizes(store);
        tell("compressing");
        await compressRawBefore(store, now);
        const after = await readSizes(store);
        const figure = (name: string, bytes: number): Figure => ({
          name,
          store: kind,
          value: bytes / n,
          unit: "bytes/event",
          n,
        });
        return [
          figure("stored-bytes", before.events),
          { ...figure("compressed-bytes", after.events), ratio: after.events / before.events },
          figure("receipt-bytes", after.receipts),
        ];
      });
    } finally {
      await fresh.drop();
    }
  },
};

/** In the order they would come: day by day, everybody's batches among each other. */
function makeBatches(people: readonly EnrolledWorkstation[], now: Date): GatedBatch[] {
  const seqs = people.map(() => 0);
  return DAYS.flatMap((daysAgo) =>
    people
      .flatMap((owner, person) => {
        const shift = simulateShift(person, daysAgo, now.getTime());
        return (shift ? cutAsSealed(shift) : []).map((piece) => ({ owner, person, piece }));
      })
      .sort((a, b) => a.piece.at - b.piece.at)
      .map(({ owner, person, piece }) => {
        const seq = (seqs[person] ?? 0) + 1;
        seqs[person] = seq;
        const { at, spans, marks } = piece;
        const batch = {
          workstation: owner.workstation,
          epoch: owner.epoch,
          seq,
          charter: "0".repeat(64),
          sealedAt: formatInZone(at, demoZone),
          spans,
          marks,
          tallies: [],
        };
        const sha256 = createHash("sha256").update(JSON.stringify(batch)).digest();
        return { person: owner.person, batch, sha256 };
      }),
  );
}

const sizes = z.object({ events: z.coerce.number(), receipts: z.coerce.number() });

async function readSizes(store: Store): Promise<z.infer<typeof sizes>> {
  const row = await readRow(
    store.pool,
    sizes,
    `select
       (select sum(hypertable_size(format('%I.%I', hypertable_schema, hypertable_name)::regclass))
        from timescaledb_information.hypertables
        where hypertable_name in ('work_span', 'focus_span', 'mark', 'tally')) as events,
       pg_total_relation_size('receipt') as receipts`,
  );
  if (!row) throw new Error("the store did not tell its size");
  return row;
}
