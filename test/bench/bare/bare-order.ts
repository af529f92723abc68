import { z } from "zod";
import { batchRange } from "../load/work-order.ts";

/** How the bare insert is written: arrays unnested, or one row of parameters after the other. */
export const statementForm = z.object({
  shape: z.enum(["unnest", "values"]),
  rows: z.int(),
});
export type StatementForm = z.infer<typeof statementForm>;

export const bareOrder = batchRange.extend({
  location: z.union([z.object({ url: z.string() }), z.object({ folder: z.string() })]),
  /** Tried one after the other, on the same rows. */
  forms: z.array(statementForm),
});

/** Rows a second of each form, in order. */
export const bareResult = z.object({ rates: z.array(z.number()) });
