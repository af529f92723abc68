import type { Role } from "#schema/role";

/** The first page of each role. */
export const entryPages: Record<Role, string> = {
  technician: "/day",
  health: "/health",
  representative: "/representative",
  employer: "/employer",
  operator: "/operator",
};

export type PageName =
  | "day"
  | "recorded"
  | "data"
  | "health"
  | "representative"
  | "employer"
  | "people"
  | "import"
  | "accounts"
  | "workstations";

/** What each role finds in its navigation, in order. */
export const navigation: Record<Role, readonly { page: PageName; path: string }[]> = {
  technician: [
    { page: "day", path: "/day" },
    { page: "recorded", path: "/recorded" },
    { page: "data", path: "/data" },
  ],
  health: [{ page: "health", path: "/health" }],
  representative: [{ page: "representative", path: "/representative" }],
  employer: [{ page: "employer", path: "/employer" }],
  operator: [
    { page: "people", path: "/operator" },
    { page: "import", path: "/operator/import" },
    { page: "accounts", path: "/operator/accounts" },
    { page: "workstations", path: "/operator/workstations" },
  ],
};
