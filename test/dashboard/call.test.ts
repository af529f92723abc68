import { afterEach, expect, test, vi } from "vitest";
import { call } from "#dashboard/api/call.ts";
import { mayRetry } from "#dashboard/api/problem-error.ts";
import { answerWith, dayOf } from "./factories.tsx";

afterEach(() => vi.unstubAllGlobals());

function answer(replies: Record<string, unknown>) {
  const { answer: fetch, asked } = answerWith(replies);
  vi.stubGlobal("fetch", fetch);
  return asked;
}

test("what is asked of a GET stands in the query, of the rest in the body", async () => {
  const asked = answer({ "GET /api/me/day": dayOf([]), "DELETE /api/session": { done: true } });
  await call("readMyDay", { date: "2026-11-25" });
  await call("readMyDay", {});
  await call("signOut", {});
  expect(asked).toEqual([
    { key: "GET /api/me/day", search: "?date=2026-11-25", body: undefined },
    { key: "GET /api/me/day", search: "", body: undefined },
    { key: "DELETE /api/session", search: "", body: {} },
  ]);
});

test("a refusal is known by the server's own code", async () => {
  answer({ "GET /api/people": [403, { code: "forbidden", message: "not yours" }] });
  await expect(call("listPeople", {})).rejects.toMatchObject({ code: "forbidden" });
});

test("a reply that breaks the contract is an error, never shown as data", async () => {
  answer({ "GET /api/people": { people: [{ name: "x" }] } });
  await expect(call("listPeople", {})).rejects.toMatchObject({ code: "unreadable" });
  answer({ "GET /api/people": [502, "<html>"] });
  await expect(call("listPeople", {})).rejects.toMatchObject({ code: "unreadable" });
});

test("no answer is told apart from a refusal, and only the former is tried again", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  const unreachable: unknown = await call("listPeople", {}).catch((error: unknown) => error);
  expect(unreachable).toMatchObject({ code: "unreachable" });
  expect(mayRetry(unreachable)).toBe(true);
  answer({ "GET /api/people": [403, { code: "forbidden", message: "not yours" }] });
  expect(mayRetry(await call("listPeople", {}).catch((error: unknown) => error))).toBe(false);
});
