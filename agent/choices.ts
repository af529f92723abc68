import { z } from "zod";
import { type CategoryId, type Charter, categoryId } from "#schema/charter";
import { MAX_HOLD_BACK_MINUTES } from "./control/messages.ts";

/** What no charter can switch on by itself: each person says yes first. */
export const mustBeAccepted: readonly CategoryId[] = ["input", "off_schedule"];

/** What the person at this workstation has chosen. Kept on disk, so that it outlives any restart. */
export const choices = z.strictObject({
  /** Optional categories switched off. */
  declined: z.array(categoryId),
  /** Categories that need a yes, and got it. */
  accepted: z.array(categoryId),
  /** Minutes to hold events back; the charter's own, when longer, counts. */
  holdBackMinutes: z.int().min(0).max(MAX_HOLD_BACK_MINUTES),
  /**
   * Nothing is recorded until then (epoch ms), or until taken back (null); with `shift`, until the shift under way
   * ends, also when its end is moved.
   */
  pause: z.strictObject({ until: z.number().nullable(), shift: z.boolean() }).nullable(),
});
export type Choices = z.infer<typeof choices>;

export const noChoices: Choices = { declined: [], accepted: [], holdBackMinutes: 0, pause: null };

/** Where the choices are kept in the person's folder. */
export const CHOICES_FILE = "choices.json";

/** The choice about one category. */
export function chooseCategory(before: Choices, id: CategoryId, isOn: boolean): Choices {
  const without = (ids: readonly CategoryId[]) => ids.filter((other) => other !== id);
  return {
    ...before,
    declined: isOn ? without(before.declined) : [...without(before.declined), id],
    accepted: isOn ? [...without(before.accepted), id] : without(before.accepted),
  };
}

/** Whether the person leaves a category on, as far as it is theirs to say. */
export function isChosen({ declined, accepted }: Choices, id: CategoryId): boolean {
  return mustBeAccepted.includes(id) ? accepted.includes(id) : !declined.includes(id);
}

/**
 * The charter as it applies to this person: optional categories they switched off are off, and what needs their yes
 * is off without it. Nothing can be switched on that the charter has off.
 */
export function applyChoices(charter: Charter, made: Choices): Charter {
  const mayChoose = (id: CategoryId, isOptional: boolean) =>
    isOptional || mustBeAccepted.includes(id);
  return {
    ...charter,
    categories: charter.categories.map((category) =>
      mayChoose(category.id, category.optional) && !isChosen(made, category.id)
        ? { ...category, on: false }
        : category,
    ),
  };
}
