/** The categories of applications a charter begins with, for which the pages have names. A charter may add its own. */
export const knownCategories = [
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
