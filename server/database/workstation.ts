import { z } from "zod";
import { execute, readRow } from "./query.ts";
import { asRole, type Store } from "./store.ts";

const workstationRow = z.object({
  id: z.guid(),
  person: z.guid(),
  zone: z.string(),
  publicKey: z.instanceof(Buffer),
  epoch: z.int(),
  revoked: z.boolean(),
});

/** An enrolled machine of one person. `publicKey` is the raw 32 bytes of its Ed25519 key. */
export type Workstation = z.infer<typeof workstationRow>;

/** The workstation of that id, or undefined. */
export async function findWorkstation(store: Store, id: string): Promise<Workstation | undefined> {
  return await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      workstationRow,
      `select w.id, w.person, p.zone, w.public_key as "publicKey", w.epoch, w.revoked_at is not null as revoked
       from workstation w join person p on p.id = w.person where w.id = $1`,
      [id],
    ),
  );
}

/** Notes that a workstation was here on that day: the day and no more (reliability P26). */
export async function noteWorkstationSeen(store: Store, id: string, day: string): Promise<void> {
  await asRole(store, "etabli_auth", (db) =>
    execute(
      db,
      "update workstation set seen_on = $2 where id = $1 and seen_on is distinct from $2::date",
      [id, day],
    ),
  );
}

/** The last epoch a batch can name. */
const LAST_EPOCH = 2_147_483_647;

/**
 * Grants a workstation a new epoch, later than any it was ever given here and than the one it tells of, so that it
 * never reuses a number.
 * @param told the epoch its outbox is in; null when it lost its outbox
 * @returns undefined when there is none left
 */
export async function grantEpoch(
  store: Store,
  id: string,
  told: number | null,
): Promise<number | undefined> {
  const row = await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      z.object({ epoch: z.int() }),
      `update workstation set epoch = greatest(epoch, $2::bigint) + 1
       where id = $1 and greatest(epoch, $2::bigint) < $3 returning epoch`,
      [id, told, LAST_EPOCH],
    ),
  );
  return row?.epoch;
}
