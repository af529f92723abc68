import { Refusal } from "../refusal.ts";
import { readTokens, type Token } from "./read-tokens.ts";

export type Expression =
  | { kind: "number"; value: number }
  | { kind: "text"; value: string }
  | { kind: "name"; name: string }
  | { kind: "list"; items: Expression[] }
  | { kind: "dict"; entries: [string, Expression][] }
  | { kind: "call"; name: string; given: Expression[] };

/** `name = expression;`, or an expression whose value nobody wants. */
export interface Statement {
  name: string | null;
  expression: Expression;
}

const MAX_DEPTH = 50;

/**
 * Reads the part of ActivityWatch's query language that has names, texts, numbers, lists, dicts, calls and assignments;
 * no operators and no conditions.
 * @throws Refusal which says at which word it stopped, without quoting any
 */
export function parseQuery(query: string): Statement[] {
  const tokens = readTokens(query);
  let at = 0;

  function isSign(text: string, ahead = 0): boolean {
    const token = tokens[at + ahead];
    return token?.kind === "sign" && token.text === text;
  }

  function skip(text: string): boolean {
    if (!isSign(text)) return false;
    at += 1;
    return true;
  }

  function next(): Token {
    const token = tokens[at];
    if (!token) throw new Refusal(400, "The query ends in the middle of a statement.");
    at += 1;
    return token;
  }

  function stop(): never {
    throw new Refusal(400, `The query is not understood at its word ${at}.`);
  }

  function expect(text: string): void {
    const token = next();
    if (token.kind !== "sign" || token.text !== text) stop();
  }

  /** Items up to a closing sign, with commas between. */
  function readItems<Item>(close: string, readItem: () => Item): Item[] {
    const items: Item[] = [];
    while (!skip(close)) {
      items.push(readItem());
      if (!isSign(close)) expect(",");
    }
    return items;
  }

  function readExpression(depth: number): Expression {
    if (depth > MAX_DEPTH) throw new Refusal(400, "The query is nested too deep.");
    const inner = () => readExpression(depth + 1);
    const token = next();
    if (token.kind === "number" || token.kind === "text") return token;
    if (token.kind === "name") {
      if (!skip("(")) return { kind: "name", name: token.text };
      return { kind: "call", name: token.text, given: readItems(")", inner) };
    }
    if (token.text === "[") return { kind: "list", items: readItems("]", inner) };
    if (token.text !== "{") return stop();
    const entries = readItems("}", (): [string, Expression] => {
      const key = next();
      if (key.kind !== "text") return stop();
      expect(":");
      return [key.value, inner()];
    });
    return { kind: "dict", entries };
  }

  function readStatement(): Statement {
    const token = tokens[at];
    if (token?.kind !== "name" || !isSign("=", 1))
      return { name: null, expression: readExpression(0) };
    at += 2;
    return { name: token.text, expression: readExpression(0) };
  }

  const statements: Statement[] = [];
  while (at < tokens.length) {
    if (skip(";")) continue;
    statements.push(readStatement());
    if (at < tokens.length) expect(";");
  }
  return statements;
}
