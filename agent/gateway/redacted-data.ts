import { z } from "zod";

/** All that is kept of the data of an event. */
export const redactedData = z
  .strictObject({
    /** A category, never the name of an application or the address of a page. */
    app: z
      .string()
      .regex(/^[a-z_]{2,30}$/)
      .optional(),
    status: z.enum(["afk", "not-afk"]).optional(),
  })
  .readonly();
export type RedactedData = z.infer<typeof redactedData>;

const shared = new Map<string, RedactedData>();

/**
 * The one object for all equal data: there are as many as categories, and events beyond counting.
 * @throws when it is not of the shape above
 */
export function shareData(data: RedactedData): RedactedData {
  const key = JSON.stringify([data.app, data.status]);
  const known = shared.get(key) ?? redactedData.parse(data);
  shared.set(key, known);
  return known;
}
