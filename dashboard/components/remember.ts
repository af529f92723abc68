/** Keeps a choice of the reader on this machine. Where storage is switched off the choice holds for this visit only. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`etabli.${name}`);
    else localStorage.setItem(`etabli.${name}`, value);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The choice kept under that name, or null. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`etabli.${name}`);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return null;
  }
}
