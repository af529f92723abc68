import { formatInstant } from "../instant.ts";
import { Refusal } from "../refusal.ts";
import { functions, type Source } from "./functions.ts";
import { makeGiven } from "./given.ts";
import type { Expression, Statement } from "./parse-query.ts";
import { list, toJson, type Value } from "./value.ts";

/**
 * Runs a query over one period and gives what it put into `RETURN`, as JSON.
 * @throws Refusal when it names what does not exist here, or returns nothing
 */
export function runQuery(statements: readonly Statement[], source: Source): unknown {
  const names = new Map<string, Value>(constantsOf(source));

  function evaluate(expression: Expression): Value {
    switch (expression.kind) {
      case "number":
      case "text":
        return expression;
      case "list":
        return list(expression.items.map(evaluate));
      case "dict":
        return {
          kind: "dict",
          entries: new Map(expression.entries.map(([key, entry]) => [key, evaluate(entry)])),
        };
      case "name": {
        const value = names.get(expression.name);
        if (value) return value;
        throw new Refusal(400, `There is no name ${expression.name.slice(0, 40)} in the query.`);
      }
      case "call": {
        const { name, given } = expression;
        const work = functions.get(name);
        if (work) return work(makeGiven(name, given.map(evaluate)), source);
        throw new Refusal(
          400,
          `There is no function ${name.slice(0, 40)} here. These are: ${[...functions.keys()].join(", ")}.`,
        );
      }
    }
  }

  for (const { name, expression } of statements) {
    const value = evaluate(expression);
    if (name !== null) names.set(name, value);
  }
  const result = names.get("RETURN");
  if (!result) throw new Refusal(400, "The query must end with RETURN = …;");
  return toJson(result);
}

function constantsOf({ period }: Source): [string, Value][] {
  const [start, end] = [formatInstant(period.from), formatInstant(period.to)];
  const truths = ["true", "True"].map((name): [string, Value] => [
    name,
    { kind: "truth", value: true },
  ]);
  const lies = ["false", "False"].map((name): [string, Value] => [
    name,
    { kind: "truth", value: false },
  ]);
  return [
    ...truths,
    ...lies,
    ["null", { kind: "null" }],
    ["None", { kind: "null" }],
    ["STARTTIME", { kind: "text", value: start }],
    ["ENDTIME", { kind: "text", value: end }],
    ["TIMEINTERVAL", { kind: "text", value: `${start}/${end}` }],
  ];
}
