import { ZodError } from "zod";
import { NoAnswer } from "../ask.ts";

/** Why a connection ended, in words for the person: of an error of unknown make no more than a line. */
export function explainFailure(error: unknown): string {
  if (error instanceof NoAnswer) return "the server does not answer";
  if (error instanceof ZodError) return "the server gave an answer this version does not know";
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
