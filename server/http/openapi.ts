import { z } from "zod";
import type { Caller, Endpoint } from "#schema/endpoint";
import { problem } from "#schema/problem";
import { SESSION_COOKIE } from "#server/access/session";
import { statusOf } from "./errors.ts";

/** The OpenAPI 3.1 document of a table of endpoints. */
export function describeApi(table: Readonly<Record<string, Endpoint>>, version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, endpoint] of Object.entries(table)) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: describeOperation(name, endpoint),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Établi",
      version,
      description: "Every call refuses unknown fields. Every refusal is a Problem.",
      license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
    },
    paths,
    components: {
      schemas: { Problem: jsonSchemaOf(problem, "output") },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: SESSION_COOKIE },
      },
    },
  };
}

function describeOperation(name: string, endpoint: Endpoint) {
  const input = jsonSchemaOf(endpoint.input, "input");
  return {
    operationId: name,
    summary: endpoint.summary,
    description: describeCaller(endpoint.who),
    security: endpoint.who === "anyone" || endpoint.who === "token" ? [] : [{ session: [] }],
    ...(endpoint.method === "GET"
      ? { parameters: parametersOf(input) }
      : { requestBody: { required: true, content: { "application/json": { schema: input } } } }),
    responses: {
      200: {
        description: "Done.",
        content: { "application/json": { schema: jsonSchemaOf(endpoint.output, "output") } },
      },
      ...problemsOf(endpoint),
    },
  };
}

function describeCaller(who: Caller): string {
  if (who === "anyone") return "Anyone may call this.";
  if (who === "token") return "For programs: a code or token in the body says who calls.";
  if (who === "signed-in") return "For every signed-in account.";
  return `For these roles only: ${who.join(", ")}.`;
}

function problemsOf(endpoint: Endpoint): Record<string, unknown> {
  const codes: (keyof typeof statusOf)[] = ["bad_input", "internal", "unavailable"];
  if (endpoint.method !== "GET") codes.push("forbidden", "too_large", "unsupported_media_type");
  if (endpoint.who !== "anyone" && endpoint.who !== "token") codes.push("not_signed_in");
  if (typeof endpoint.who === "object") codes.push("forbidden");
  const answer = (code: string) => ({
    description: code,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  return {
    ...Object.fromEntries(codes.map((code) => [statusOf[code], answer(code)])),
    default: answer("another problem"),
  };
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function jsonSchemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const {
    $schema: _dialect,
    "~standard": _standard,
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
  });
  return rest;
}

function parametersOf(input: JsonSchema) {
  return Object.entries(input.properties ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: input.required?.includes(name) ?? false,
    schema,
  }));
}
