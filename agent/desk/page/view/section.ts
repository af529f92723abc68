/** The page's parts, in the order in which they are listed. */
export const sections = ["work", "recorded", "waiting", "left"] as const;
export type Section = (typeof sections)[number];

/** The part an address names (`#waiting`), or null. */
export function sectionOf(hash: string): Section | null {
  return sections.find((section) => `#${section}` === hash) ?? null;
}
