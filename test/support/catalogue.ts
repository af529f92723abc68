type Texts = { [key: string]: string | Texts };

/** Every text of a catalogue with its path. */
export function leavesOf(texts: Texts, path = ""): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[path + key, value]] : leavesOf(value, `${path}${key}.`),
  );
}

/** What a text has filled in, in one order. */
export function holesOf(text: string | undefined): string[] {
  return (text?.match(/\{\{\w+\}\}/g) ?? []).sort();
}
