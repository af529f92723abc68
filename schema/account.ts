import { z } from "zod";
import { role } from "./role.ts";

/** What one signs in with: letters, digits, dot, dash, underscore. */
export const login = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, {
  error: "2 to 40 small letters, digits, dots, dashes or underscores",
});

/** ASVS 5, 6.2.1 and 6.2.9: at least 8, long ones allowed; we ask for 10. */
export const newPassword = z
  .string()
  .min(10, { error: "at least 10 characters" })
  .max(128, { error: "at most 128 characters" });

export const personName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{M} .'’-]{0,59}$/u, {
  error: "up to 60 letters, digits, spaces, dots, dashes or apostrophes",
});

export const teamName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{M} .,'’&()/-]{0,59}$/u, { error: "up to 60 characters" });

/** The account behind the session. */
export const account = z.strictObject({
  id: z.guid(),
  login,
  name: z.string(),
  role,
});
export type Account = z.infer<typeof account>;
