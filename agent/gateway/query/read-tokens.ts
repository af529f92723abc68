import { Refusal } from "../refusal.ts";

export type Token =
  | { kind: "name"; text: string }
  | { kind: "number"; value: number }
  | { kind: "text"; value: string }
  | { kind: "sign"; text: string };

/** Blanks and comments; a name; a number; a text in either quotes; a sign. */
const pattern =
  /(?<blank>\s+|#[^\n]*)|(?<name>[A-Za-z_]\w*)|(?<number>\d+(?:\.\d*)?)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<sign>[=()[\]{},:;])/sy;

/** Takes a query apart. @throws Refusal at a character that begins nothing, without quoting it */
export function readTokens(query: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  let at = 0;
  while (at < query.length) {
    const groups = pattern.exec(query)?.groups;
    if (!groups) throw new Refusal(400, `The query is not understood at character ${at + 1}.`);
    at = pattern.lastIndex;
    const { name, number, text, sign } = groups;
    if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (number !== undefined) tokens.push({ kind: "number", value: Number(number) });
    else if (text !== undefined) tokens.push({ kind: "text", value: unquote(text) });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
  }
  return tokens;
}

function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replaceAll(/\\(.)/gs, (whole, letter: string) =>
      letter === '"' || letter === "'" || letter === "\\" ? letter : whole,
    );
}
