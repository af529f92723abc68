import { type Look, paint } from "../cli/look.ts";
import type { Check } from "./check.ts";

const styles = { ok: "good", warn: "warn", fail: "bad" } as const;

/** What was looked at, a line each, what to do below it, and the sum at the end. */
export function writeChecks(checks: readonly Check[], look: Look): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, verdict, told, todo }) => {
    const first = `${paint(verdict.padEnd(4), styles[verdict], look)}  ${name.padEnd(width)}  ${told}\n`;
    return todo === undefined ? first : `${first}      ${" ".repeat(width)}  → ${todo}\n`;
  });
  return `${lines.join("")}${sum(checks)}\n`;
}

function sum(checks: readonly Check[]): string {
  const count = (verdict: Check["verdict"]) =>
    checks.filter((check) => check.verdict === verdict).length;
  const [failed, warned] = [count("fail"), count("warn")];
  if (failed + warned === 0) return "Everything works here.";
  const works = failed === 0 ? "Nothing fails" : `${failed} of ${checks.length} fail`;
  return warned === 0 ? `${works}.` : `${works}; ${warned} to look at.`;
}
