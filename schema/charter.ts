import { z } from "zod";
import { role } from "./role.ts";

/** The closed list of what a charter can switch on (design §3). */
export const categoryIds = [
  "work",
  "focus",
  "input",
  "answers",
  "off_schedule",
  "community",
] as const;
export const categoryId = z.enum(categoryIds);
export type CategoryId = z.infer<typeof categoryId>;

/** No charter may keep raw events longer (domain §3.1). */
export const MAX_RAW_DAYS = 30;

export const bilingual = z.strictObject({ en: z.string().max(400), fr: z.string().max(400) });

export const category = z.strictObject({
  id: categoryId,
  on: z.boolean(),
  optional: z.boolean(),
  lawfulBasis: z.enum(["legal_obligation", "legitimate_interest", "public_task", "health_service"]),
  purpose: bilingual,
  rawDays: z.int().min(1).max(MAX_RAW_DAYS),
  readers: z.array(role),
});
export type Category = z.infer<typeof category>;

/**
 * The agreement between employer and representatives: the only source of what may be recorded. Signatures, notice,
 * campaigns and disclosure parameters are added by later formats.
 */
export const charter = z.strictObject({
  format: z.literal("etabli-charter/1"),
  version: z.int().min(1),
  title: bilingual,
  purposes: z.array(bilingual).min(1),
  forbiddenUses: z.array(bilingual).min(1),
  rawDays: z.int().min(1).max(MAX_RAW_DAYS),
  holdBackMinutes: z.int().min(0).max(120),
  categories: z.array(category).length(categoryIds.length),
  applicationCategories: z.array(z.string().regex(/^[a-z_]{2,30}$/)).min(1),
});
export type Charter = z.infer<typeof charter>;

/** Whether the charter has that category on. */
export function isOn(document: Charter, id: CategoryId): boolean {
  return document.categories.some((entry) => entry.id === id && entry.on);
}
