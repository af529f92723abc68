import { expect, test } from "vitest";
import { z } from "zod";
import { endpoints } from "#schema/endpoints";
import { describeApi } from "#server/http/openapi";

const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string().min(10),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.literal("query"),
        required: z.boolean(),
        schema: z.looseObject({}),
      }),
    )
    .optional(),
  requestBody: z
    .strictObject({
      required: z.literal(true),
      content: z.strictObject({
        "application/json": z.strictObject({ schema: z.looseObject({ type: z.string() }) }),
      }),
    })
    .optional(),
  responses: z.record(
    z.string().regex(/^(\d{3}|default)$/),
    z.looseObject({ description: z.string() }),
  ),
});

const shape = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith("/api/"),
    z.partialRecord(z.enum(["get", "post", "delete"]), operation),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

// As a reader of it gets it: through JSON.
const document = shape.parse(JSON.parse(JSON.stringify(describeApi(endpoints, "1.2.3"))));

test.each(Object.entries(endpoints))(
  "%s is described with its input, output and refusals",
  (name, endpoint) => {
    const methods: Record<string, z.infer<typeof operation> | undefined> =
      document.paths[endpoint.path] ?? {};
    const described = methods[endpoint.method.toLowerCase()];
    expect(described?.operationId).toBe(name);
    expect(described?.summary).toBe(endpoint.summary);
    expect(described?.requestBody === undefined).toBe(endpoint.method === "GET");
    const open = endpoint.who === "anyone" || endpoint.who === "token";
    expect(described?.security).toEqual(open ? [] : [{ session: [] }]);
    const codes = Object.keys(described?.responses ?? {});
    expect(codes).toContain("200");
    expect(codes).toContain("400");
    expect(codes.includes("401")).toBe(!open);
  },
);

test("a query parameter is described as such, and closed objects as closed", () => {
  const text = JSON.stringify(document.paths["/api/me/day"]);
  expect(text).toContain('"name":"date","in":"query","required":false');
  expect(JSON.stringify(document.paths["/api/invitations"])).toContain(
    '"additionalProperties":false',
  );
});

test("every reference leads somewhere", () => {
  const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    const path = reference.slice(8, -1).split("/").slice(1);
    let node: unknown = document;
    for (const step of path) node = z.looseObject({}).parse(node)[step];
    expect(node).toBeDefined();
  }
});
