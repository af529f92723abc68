import { z } from "zod";
import { account, login, newPassword, personName, teamName } from "./account.ts";
import { archive } from "./archive.ts";
import { day } from "./day.ts";
import { defineEndpoint } from "./endpoint.ts";
import { charterInForce } from "./live.ts";
import { queueRow } from "./queue.ts";
import { role } from "./role.ts";
import { localDate, timestamp, timeZone } from "./time.ts";

const nothing = z.strictObject({});
const done = z.strictObject({ done: z.literal(true) });
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: "not one of our links or tokens" });

/** How the store was made; demo and replay data say so on every page. */
export const siteMode = z.enum(["real", "demo", "replay"]);
export type SiteMode = z.infer<typeof siteMode>;

export const csvReport = z.strictObject({
  imported: z.int(),
  unchanged: z.int(),
  refused: z.array(z.strictObject({ line: z.int(), reason: z.string() })),
});
export type CsvReport = z.infer<typeof csvReport>;

export const personRow = z.strictObject({
  id: z.guid(),
  login,
  name: personName,
  team: teamName.nullable(),
  zone: timeZone,
  hasAccount: z.boolean(),
  workstations: z.int(),
});
export type PersonRow = z.infer<typeof personRow>;

export const accountRow = z.strictObject({ ...account.shape, createdOn: localDate });
export type AccountRow = z.infer<typeof accountRow>;

export const workstationRow = z.strictObject({
  id: z.guid(),
  enrolledOn: localDate,
  revoked: z.boolean(),
});

/** Every HTTP endpoint there is. Server, dashboard, agent, documentation and tests all read this table. */
export const endpoints = {
  readSite: defineEndpoint({
    method: "GET",
    path: "/api/site",
    who: "anyone",
    summary:
      "What this site is: real, demo or replay, and whether it still needs its first operator.",
    input: nothing,
    output: z.strictObject({
      site: z.guid(),
      mode: siteMode,
      store: z.enum(["embedded", "server"]),
      zone: timeZone,
      needsOperator: z.boolean(),
    }),
  }),
  signIn: defineEndpoint({
    method: "POST",
    path: "/api/session",
    who: "anyone",
    summary: "Sign in. Sets the session cookie.",
    input: z.strictObject({ login: z.string().max(60), password: z.string().max(200) }),
    output: account,
  }),
  readSession: defineEndpoint({
    method: "GET",
    path: "/api/session",
    who: "anyone",
    summary: "Who is signed in here, or null.",
    input: nothing,
    output: z.strictObject({ account: account.nullable() }),
  }),
  signOut: defineEndpoint({
    method: "DELETE",
    path: "/api/session",
    who: "signed-in",
    summary: "Sign out; the session and its live connections end at once.",
    input: nothing,
    output: done,
  }),
  readInvitation: defineEndpoint({
    method: "POST",
    path: "/api/invitation/read",
    who: "anyone",
    summary: "What a one-time link is good for, without using it up.",
    input: z.strictObject({ token }),
    output: z.strictObject({
      role,
      login: login.nullable(),
      name: personName.nullable(),
      expiresAt: timestamp,
    }),
  }),
  acceptInvitation: defineEndpoint({
    method: "POST",
    path: "/api/invitation/accept",
    who: "anyone",
    summary: "Create the account a one-time link stands for, and sign in.",
    input: z.strictObject({ token, login, name: personName, password: newPassword }),
    output: account,
  }),
  readCharter: defineEndpoint({
    method: "GET",
    path: "/api/charter",
    who: "signed-in",
    summary: "The charter in force, and its sha256.",
    input: nothing,
    output: z.strictObject({ ...charterInForce.shape, signed: z.boolean() }),
  }),
  readMyDay: defineEndpoint({
    method: "GET",
    path: "/api/me/day",
    who: ["technician"],
    summary: "One local day of my own record; today when no date is given.",
    input: z.strictObject({ date: localDate.optional() }),
    output: day,
  }),
  readMyArchive: defineEndpoint({
    method: "GET",
    path: "/api/me/archive",
    who: ["technician"],
    summary: "Everything the store holds of me, as a file to take away.",
    input: nothing,
    output: archive,
  }),
  readMyWorkstations: defineEndpoint({
    method: "GET",
    path: "/api/me/workstations",
    who: ["technician"],
    summary: "The workstations enrolled for me, and whether each is connected now.",
    input: nothing,
    output: z.strictObject({
      workstations: z.array(z.strictObject({ ...workstationRow.shape, connected: z.boolean() })),
    }),
  }),
  createMyEnrolment: defineEndpoint({
    method: "POST",
    path: "/api/me/enrolment",
    who: ["technician"],
    summary: "A one-time code to enrol a workstation of mine, good for 10 minutes.",
    input: nothing,
    output: z.strictObject({ code: z.string(), expiresAt: timestamp }),
  }),
  listPeople: defineEndpoint({
    method: "GET",
    path: "/api/people",
    who: ["operator"],
    summary: "The people, their teams, and how many workstations each has enrolled. No activity.",
    input: nothing,
    output: z.strictObject({ people: z.array(personRow) }),
  }),
  importPeople: defineEndpoint({
    method: "POST",
    path: "/api/people/import",
    who: ["operator"],
    summary:
      "People and teams from CSV: login,name,team,zone. Good lines are kept, bad ones come back.",
    input: z.strictObject({ csv: z.string().max(1_000_000) }),
    output: csvReport,
    maxBytes: 2_000_000,
  }),
  importSchedules: defineEndpoint({
    method: "POST",
    path: "/api/schedules/import",
    who: ["operator"],
    summary:
      "Planned hours from CSV: login,date,start,end,breaks. Good lines are kept, bad ones come back.",
    input: z.strictObject({ csv: z.string().max(4_000_000) }),
    output: csvReport,
    maxBytes: 6_000_000,
  }),
  listAccounts: defineEndpoint({
    method: "GET",
    path: "/api/accounts",
    who: ["operator"],
    summary: "The accounts and their roles.",
    input: nothing,
    output: z.strictObject({ accounts: z.array(accountRow) }),
  }),
  removeAccount: defineEndpoint({
    method: "POST",
    path: "/api/accounts/remove",
    who: ["operator"],
    summary: "Remove an account and end its sessions. What was recorded of a person stays theirs.",
    input: z.strictObject({ account: z.guid() }),
    output: done,
  }),
  createInvitation: defineEndpoint({
    method: "POST",
    path: "/api/invitations",
    who: ["operator"],
    summary: "A one-time link to create an account; for a technician it names the person.",
    input: z
      .strictObject({ role, person: z.guid().optional() })
      .refine((value) => (value.role === "technician") === (value.person !== undefined), {
        path: ["person"],
        error: "a technician's link names a person, the other roles' links do not",
      }),
    output: z.strictObject({ token, expiresAt: timestamp }),
  }),
  createEnrolment: defineEndpoint({
    method: "POST",
    path: "/api/enrolments",
    who: ["operator"],
    summary: "A one-time code to enrol one workstation for one person, good for 10 minutes.",
    input: z.strictObject({ person: z.guid() }),
    output: z.strictObject({ code: z.string(), expiresAt: timestamp }),
  }),
  createEnrolmentToken: defineEndpoint({
    method: "POST",
    path: "/api/enrolment-tokens",
    who: ["operator"],
    summary:
      "A token that enrols one workstation for each of the people named and may send the queue feed; good for a day.",
    input: z.strictObject({ people: z.array(personName).min(1).max(500), team: teamName }),
    output: z.strictObject({ token, expiresAt: timestamp }),
  }),
  listWorkstations: defineEndpoint({
    method: "GET",
    path: "/api/workstations",
    who: ["operator"],
    summary:
      "How many workstations are enrolled, revoked, and connected today, rounded so that nobody shows.",
    input: nothing,
    output: z.strictObject({ enrolled: z.int(), revoked: z.int(), seenToday: z.string() }),
  }),
  revokeWorkstations: defineEndpoint({
    method: "POST",
    path: "/api/workstations/revoke",
    who: ["operator"],
    summary: "Revoke all workstations of a person, for a lost or replaced machine.",
    input: z.strictObject({ person: z.guid() }),
    output: z.strictObject({ revoked: z.int() }),
  }),
  enrol: defineEndpoint({
    method: "POST",
    path: "/api/enrol",
    who: "token",
    summary:
      "A workstation enrols with a one-time code, or with an enrolment token and the person's name, and its public key.",
    input: z.strictObject({
      code: z.string().max(64),
      person: personName.optional(),
      publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: "not an Ed25519 key" }),
    }),
    output: z.strictObject({
      site: z.guid(),
      workstation: z.guid(),
      epoch: z.int().min(1),
      zone: timeZone,
      mode: siteMode,
      charter: charterInForce,
    }),
  }),
  storeQueue: defineEndpoint({
    method: "POST",
    path: "/api/queue",
    who: "token",
    summary:
      "The telephone system's half hours, naming nobody; sent again, a half hour replaces itself.",
    input: z.strictObject({ token, rows: z.array(queueRow).max(2000) }),
    output: z.strictObject({ stored: z.int() }),
    maxBytes: 1_000_000,
  }),
} as const;
