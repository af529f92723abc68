import { z } from "zod";
import { Problem } from "#schema/problem";
import { ensurePeople } from "./person.ts";
import { execute, readRow } from "./query.ts";
import { asRole, type DatabaseRole, type Store } from "./store.ts";

const outcomeRow = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("enrolled"),
    workstation: z.guid(),
    epoch: z.int(),
    zone: z.string(),
  }),
  z.object({ outcome: z.enum(["used", "expired", "unknown_person"]) }),
]);

/** What became of an attempt to enrol; `unknown_code` when nothing has that hash. */
export type EnrolmentOutcome = z.infer<typeof outcomeRow> | { outcome: "unknown_code" };

const insertion = (table: "enrolment" | "my_enrolment") =>
  `insert into ${table} (code_hash, kind, people, expires_at) values ($1, $2, $3, $4)`;

/**
 * Keeps a one-time code for one workstation of one person, made by themselves or by an operator.
 * @throws Problem when an operator names a person who is not there
 */
export async function insertEnrolmentCode(
  store: Store,
  by: Extract<DatabaseRole, "etabli_operator" | "etabli_subject">,
  code: { codeHash: Buffer; person: string; expiresAt: Date },
): Promise<void> {
  await asRole(
    store,
    by,
    async (db) => {
      const own = by === "etabli_subject";
      const people = own ? "my_person" : "person";
      const found = await readRow(
        db,
        z.object({}),
        `select 1 as one from ${people} where id = $1`,
        [code.person],
      );
      if (!found) throw new Problem("not_found", "There is no such person.");
      await execute(db, insertion(own ? "my_enrolment" : "enrolment"), [
        code.codeHash,
        "code",
        [code.person],
        code.expiresAt,
      ]);
    },
    code.person,
  );
}

/**
 * Keeps a token for the people of those names, making people and team that do not exist yet.
 * @throws Problem when a name fits two people and the team does not tell them apart
 */
export async function insertEnrolmentToken(
  store: Store,
  token: {
    tokenHash: Buffer;
    names: readonly string[];
    team: string;
    zone: string;
    expiresAt: Date;
  },
): Promise<void> {
  await asRole(store, "etabli_operator", async (db) => {
    const people = await ensurePeople(db, token);
    await execute(db, insertion("enrolment"), [token.tokenHash, "token", people, token.expiresAt]);
  });
}

/** Uses a code up, or a token for one of its people, and enrols the workstation with its raw public key. */
export async function enrolWorkstation(
  store: Store,
  attempt: { codeHash: Buffer; person: string | null; publicKey: Buffer; at: Date },
): Promise<EnrolmentOutcome> {
  const row = await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      outcomeRow,
      "select outcome, workstation, epoch, zone from enrol_workstation($1, $2, $3, $4)",
      [attempt.codeHash, attempt.person, attempt.publicKey, attempt.at],
    ),
  );
  return row ?? { outcome: "unknown_code" };
}

/** When the enrolment token of that hash runs out; undefined when there is none. */
export async function findTokenExpiry(store: Store, tokenHash: Buffer): Promise<Date | undefined> {
  const row = await asRole(store, "etabli_auth", (db) =>
    readRow(
      db,
      z.object({ expiresAt: z.date() }),
      `select expires_at as "expiresAt" from enrolment where code_hash = $1 and kind = 'token'`,
      [tokenHash],
    ),
  );
  return row?.expiresAt;
}
