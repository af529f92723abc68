import { z } from "zod";

/** Roles are exclusive per account. There is no manager role. */
export const roles = ["technician", "health", "representative", "employer", "operator"] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;
