import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openTestStore } from "#test/support/database";
import { describeSchema } from "./schema-text.ts";

const file = new URL("./schema.sql", import.meta.url);
const header = `-- The schema all migrations together make, as the catalogue tells it. Not run: read it to see what a migration changed.
-- Rewritten by: UPDATE_SCHEMA=1 npx vitest run --config test/vitest.config.ts test/server/database/schema

`;

test("the migrations make the schema that was reviewed, on either kind of store", async () => {
  const store = await openTestStore();
  const found = header + (await describeSchema(store));
  await store.drop();
  if (process.env.UPDATE_SCHEMA === "1") writeFileSync(file, found);
  expect(found, "schema.sql differs: if that is meant, run this again with UPDATE_SCHEMA=1").toBe(
    readFileSync(file, "utf8"),
  );
});
