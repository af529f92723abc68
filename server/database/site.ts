import { z } from "zod";
import type { SiteMode } from "#schema/endpoints";
import { siteMode } from "#schema/endpoints";
import { execute, readRow } from "./query.ts";
import { asRole, type Store } from "./store.ts";

const siteRow = z.object({ id: z.guid(), mode: siteMode, zone: z.string() });

/** What a store says of itself. */
export type Site = z.infer<typeof siteRow>;

/** The store was made for something else, and that cannot change. */
export class WrongSiteMode extends Error {
  constructor(found: SiteMode, wanted: SiteMode) {
    super(
      `This store holds ${describeMode[found]}; it cannot be used for ${describeMode[wanted]}. ` +
        "Choose another store with ETABLI_DATA or DATABASE_URL.",
    );
    this.name = "WrongSiteMode";
  }
}

const describeMode: Record<SiteMode, string> = {
  real: "a real site",
  demo: "the demonstration",
  replay: "replayed logs",
};

/**
 * Names the store's site on first use, and says what it is.
 * @throws WrongSiteMode when the store was made for another mode
 */
export async function prepareSite(
  store: Store,
  wanted: { mode: SiteMode; zone: string },
): Promise<Site> {
  return await asRole(store, "etabli_operator", async (db) => {
    await execute(db, "insert into site (mode, zone) values ($1, $2) on conflict do nothing", [
      wanted.mode,
      wanted.zone,
    ]);
    const found = await readRow(db, siteRow, "select id, mode, zone from site");
    if (!found) throw new Error("The store has no site row.");
    if (found.mode !== wanted.mode) throw new WrongSiteMode(found.mode, wanted.mode);
    return found;
  });
}
