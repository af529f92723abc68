import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type CategoryId, type Charter, categoryId } from "#schema/charter";
import { writePrivateFile } from "./private-file.ts";

const choices = z.strictObject({ declined: z.array(categoryId) });

const FILE = "choices.json";

/** The optional categories the person at this workstation has switched off. */
export function readDeclined(folder: string): CategoryId[] {
  const path = join(folder, FILE);
  if (!existsSync(path)) return [];
  return choices.parse(JSON.parse(readFileSync(path, "utf8"))).declined;
}

/** Keeps the person's choice about one category; @returns all they have switched off. */
export function chooseCategory(folder: string, id: CategoryId, isOn: boolean): CategoryId[] {
  const others = readDeclined(folder).filter((declined) => declined !== id);
  const declined = isOn ? others : [...others, id];
  writePrivateFile(join(folder, FILE), JSON.stringify({ declined }));
  return declined;
}

/**
 * The charter as it applies to this person: optional categories they switched off are off. A category that is not
 * optional stays as the charter has it, and nothing can be switched on that the charter has off.
 */
export function applyChoices(charter: Charter, declined: readonly CategoryId[]): Charter {
  return {
    ...charter,
    categories: charter.categories.map((category) =>
      category.optional && declined.includes(category.id) ? { ...category, on: false } : category,
    ),
  };
}
