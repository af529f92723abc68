import { z } from "zod";
import { personName, teamName } from "./account.ts";
import { timeZone } from "./time.ts";

/** What a replay tells the server process it started: whom to expect, and that all is sent. */
export const toReplayServer = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("people"),
    names: z.array(personName).min(1).max(500),
    team: teamName,
    /** The log's zone: a new store and its people live in it. */
    zone: timeZone,
  }),
  z.strictObject({ type: z.literal("stop") }),
]);
export type ToReplayServer = z.infer<typeof toReplayServer>;

/** What that server process answers: where it listens and the enrolment token, or why it cannot. */
export const fromReplayServer = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready"), url: z.url(), token: z.string() }),
  z.strictObject({ type: z.literal("failed"), message: z.string() }),
]);
export type FromReplayServer = z.infer<typeof fromReplayServer>;
