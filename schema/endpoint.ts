import type { z } from "zod";
import type { Role } from "./role.ts";

/** Who may call: `anyone`; `token`: programs that hold a code or token, sent in the body; `signed-in`; or the roles named. */
export type Caller = "anyone" | "token" | "signed-in" | readonly Role[];

/** One HTTP endpoint: the contract both sides parse. `input` is the query of a GET, the JSON body of the rest. */
export interface Endpoint<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  method: "GET" | "POST" | "DELETE";
  path: `/api/${string}`;
  who: Caller;
  summary: string;
  input: Input;
  output: Output;
  /** Bytes of a request body at most; 64 KiB where nothing else is said. */
  maxBytes?: number;
}

/** Gives an endpoint its exact type. */
export function defineEndpoint<Input extends z.ZodType, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
): Endpoint<Input, Output> {
  return endpoint;
}
