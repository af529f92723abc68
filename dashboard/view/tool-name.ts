import type { TFunction } from "i18next";

const known = [
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
  const entry = known.find((candidate) => candidate === category);
  return entry ? t(`kinds.tools.${entry}`) : category.replaceAll("_", " ");
}
