/** For parts of a drawing that say nothing a screen reader does not get elsewhere. */
export const decoration = { "aria-hidden": true } as const;

/** For shapes of a drawing that belong together under a name. */
export function groupNamed(name: string) {
  return { role: "group", "aria-label": name } as const;
}

/** For a part of a drawing that is one picture with words for it. */
export function pictureNamed(name: string) {
  return { role: "img", "aria-label": name } as const;
}
