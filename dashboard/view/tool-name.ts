import type { TFunction } from "i18next";

/** The application categories the catalogues have names for, in the order of the default charter. */
export const knownTools = [
  "crm",
  "telephony",
  "knowledge",
  "mail",
  "chat",
  "ticketing",
  "billing",
  "remote_control",
  "office",
  "browser",
  "other",
] as const;

/** The name of an application category; one the charter added itself is shown as it is written there. */
export function nameOfTool(category: string, t: TFunction): string {
  const entry = knownTools.find((candidate) => candidate === category);
  return entry ? t(`kinds.tools.${entry}`) : category.replaceAll("_", " ");
}
