import { z } from "zod";
import { login, personName, teamName } from "#schema/account";
import { refusalsOf } from "#schema/problem";
import { timeZone } from "#schema/time";
import type { ImportedPerson } from "#server/database/person";
import type { Refused } from "#server/database/shift";
import { readTable } from "./read-table.ts";

const row = z.object({
  login,
  name: personName,
  team: teamName,
  zone: timeZone,
});

/** Reads a people file, `login,name,team,zone`; without a zone people live in the site's. */
export async function readPeopleCsv(
  text: string,
  siteZone: string,
): Promise<{ people: ImportedPerson[]; refused: Refused[] }> {
  const lines = await readTable(text, { required: ["login", "name", "team"], optional: ["zone"] });
  const people: ImportedPerson[] = [];
  const refused: Refused[] = [];
  const seen = new Map<string, number>();
  for (const entry of lines) {
    if ("reason" in entry) {
      refused.push(entry);
      continue;
    }
    const { line, values } = entry;
    const parsed = row.safeParse({ ...values, zone: values.zone || siteZone });
    if (!parsed.success) {
      refused.push({ line, reason: formatRefusals(parsed.error) });
      continue;
    }
    const before = seen.get(parsed.data.login);
    if (before === undefined) {
      seen.set(parsed.data.login, line);
      people.push({ line, ...parsed.data });
    } else refused.push({ line, reason: `login: line ${before} has it already` });
  }
  return { people, refused };
}

/** What is wrong with a line, in one. */
export function formatRefusals(error: z.ZodError): string {
  return refusalsOf(error)
    .map(({ path, reason }) => `${path}: ${reason}`)
    .join("; ");
}
