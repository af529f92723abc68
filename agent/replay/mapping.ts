import { z } from "zod";
import { label, spanKind } from "#schema/activity";
import { timeFormat } from "./time-format.ts";

/** A column: its name in the first line, or its position counted from 1. */
const column = z.union([z.string().min(1).max(200), z.int().min(1).max(1000)]);
export type ColumnName = z.infer<typeof column>;

/** One column, or several whose texts are joined with a space, as for a date and a time apart. */
const timeColumns = z.union([column, z.array(column).min(2).max(3)]);

const time = z.strictObject({ column: timeColumns, format: timeFormat });

/** How to read a call log that is not of a format we know; see docs/replay.md. */
export const mapping = z
  .strictObject({
    delimiter: z.string().min(1).max(3).default(","),
    /** The quote character, or false when quotes mean nothing. */
    quote: z.union([z.string().length(1), z.literal(false)]).default('"'),
    /** Whether the first line names the columns. */
    header: z.boolean().default(true),
    person: column,
    start: time,
    end: time.optional(),
    duration: z
      .strictObject({
        column,
        unit: z.enum(["milliseconds", "seconds", "minutes", "h:mm:ss"]),
      })
      .optional(),
    kind: z.union([
      z.strictObject({ constant: spanKind }),
      z.strictObject({
        column,
        /** What each word in the column means; `skip` passes over the line. */
        values: z.record(z.string(), z.union([spanKind, z.literal("skip")])),
        /** What any other word means; when absent, such a line is malformed. */
        otherwise: z.union([spanKind, z.literal("skip")]).optional(),
      }),
    ]),
    label: z
      .union([
        z.strictObject({ constant: label }),
        z.strictObject({ column, values: z.record(z.string(), label).optional() }),
      ])
      .optional(),
  })
  .refine((value) => (value.end === undefined) !== (value.duration === undefined), {
    path: ["end"],
    error: "give either end or duration",
  })
  .superRefine((value, context) => {
    if (value.header) return;
    for (const [path, name] of namedColumns(value))
      if (typeof name === "string")
        context.addIssue({
          code: "custom",
          path: [path],
          message: "without a header line give the column's position, counted from 1",
        });
  });
export type Mapping = z.infer<typeof mapping>;

/** Every column a mapping speaks of, with the field that does. */
export function namedColumns(value: {
  person: ColumnName;
  start: z.infer<typeof time>;
  end?: z.infer<typeof time> | undefined;
  duration?: { column: ColumnName } | undefined;
  kind: { column: ColumnName } | { constant: string };
  label?: { column: ColumnName } | { constant: string } | undefined;
}): [string, ColumnName][] {
  const single = (field: string, part: object | undefined): [string, ColumnName][] => {
    if (part === undefined || !("column" in part)) return [];
    const parsed = timeColumns.safeParse(part.column);
    return parsed.success ? [parsed.data].flat().map((name) => [field, name]) : [];
  };
  return [
    ["person", value.person],
    ...single("start", value.start),
    ...single("end", value.end),
    ...single("duration", value.duration),
    ...single("kind", value.kind),
    ...single("label", value.label),
  ];
}
