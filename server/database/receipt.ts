import { z } from "zod";
import { type Db, readRows } from "./query.ts";

const noted = z.object({ sha256: z.instanceof(Buffer).nullable() });

/**
 * The hash (hex) noted when each batch of that workstation was stored, in the order asked; null for one that was not,
 * and for every batch of another person's workstation. Under `etabli_subject`.
 */
export async function readReceipts(
  db: Db,
  workstation: string,
  batches: readonly { epoch: number; seq: number }[],
): Promise<(string | null)[]> {
  const rows = await readRows(
    db,
    noted,
    // A subquery for each: its conditions reach the index below the security barrier, those of a join would not.
    `select (
       select sha256 from my_receipt where workstation = $1 and epoch = asked.epoch and seq = asked.seq
     ) as sha256
     from unnest($2::bigint[], $3::bigint[]) with ordinality as asked (epoch, seq, nth)
     order by nth`,
    [workstation, batches.map(({ epoch }) => epoch), batches.map(({ seq }) => seq)],
  );
  return rows.map(({ sha256 }) => sha256?.toString("hex") ?? null);
}
