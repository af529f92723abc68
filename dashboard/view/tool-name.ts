import type { TFunction } from "i18next";
import { knownCategories } from "#schema/application-category";

/** The name of an application category; one the charter added itself is shown as it is written there. */
export function nameOfTool(category: string, t: TFunction): string {
  const entry = knownCategories.find((candidate) => candidate === category);
  return entry ? t(`kinds.tools.${entry}`) : category.replaceAll("_", " ");
}
