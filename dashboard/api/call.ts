import type { z } from "zod";
import { endpoints } from "#schema/endpoints";
import { CallError, readProblem } from "./problem-error.ts";

export type EndpointName = keyof typeof endpoints;
export type Input<Name extends EndpointName> = z.input<(typeof endpoints)[Name]["input"]>;
export type Output<Name extends EndpointName> = z.output<(typeof endpoints)[Name]["output"]>;

/** The same table, seen so that the compiler keeps each name together with its own reply. */
const outputs: { [Name in EndpointName]: { output: z.ZodType<Output<Name>> } } = endpoints;

/**
 * Calls an endpoint of the table and gives its parsed reply. Throws `CallError` when the server refuses, cannot be
 * reached, or answers something else than the table promises.
 */
export async function call<Name extends EndpointName>(
  name: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  const endpoint = endpoints[name];
  const body = await send(endpoint.method, endpoint.path, input, signal);
  const reply = outputs[name].output.safeParse(body);
  if (!reply.success) throw new CallError("unreadable", `unexpected reply from ${endpoint.path}`);
  return reply.data;
}

async function send(method: string, path: string, input: object, signal?: AbortSignal) {
  const query = method === "GET" ? queryOf(input) : "";
  const request: RequestInit = { method, headers: { accept: "application/json" } };
  if (signal) request.signal = signal;
  if (method !== "GET") {
    request.headers = { ...request.headers, "content-type": "application/json" };
    request.body = JSON.stringify(input);
  }
  const response = await fetch(path + query, request).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new CallError("unreachable", "the server did not answer");
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw readProblem(response.status, body);
  return body;
}

function queryOf(input: object): string {
  const pairs = Object.entries(input).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]));
  return pairs.length === 0 ? "" : `?${query}`;
}
