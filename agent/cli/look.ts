import { styleText } from "node:util";

/** How text for a person may look. */
export interface Look {
  colour: boolean;
}

const styles = {
  good: ["green", "bold"],
  warn: ["yellow"],
  bad: ["red", "bold"],
  quiet: ["dim"],
} as const;

/** The text, coloured where colours are shown. */
export function paint(text: string, style: keyof typeof styles, look: Look): string {
  return look.colour ? styleText([...styles[style]], text, { validateStream: false }) : text;
}

/** Whether colours are shown: on a terminal that has them, unless the person wants none (no-color.org). */
export function showsColour(
  isTerminal: boolean,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return isTerminal && !env.NO_COLOR && env.TERM !== "dumb";
}

/** Names and what they are, in two columns; the second of several lines stays in its column. */
export function writeRows(rows: readonly (readonly [string, string])[], look: Look): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows
    .map(([name, value]) => {
      const [first = "", ...more] = value.split("\n");
      const rest = more.map((line) => `  ${" ".repeat(width)}   ${line}\n`).join("");
      return `  ${paint(name.padEnd(width), "quiet", look)}   ${first}\n${rest}`;
    })
    .join("");
}

/** Lines in columns as wide as their longest entry; the last one is left as it is. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      return `  ${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}
