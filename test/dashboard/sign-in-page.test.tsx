// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { SignInPage } from "#dashboard/pages/entry/sign-in-page.tsx";
import { answerWith, draw } from "./factories.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.history.replaceState(null, "", "/");
});

const site = {
  site: "11111111-2222-4333-8444-555555555555",
  mode: "real",
  store: "server",
  zone: "Europe/Paris",
  needsOperator: false,
};
const alice = { id: site.site, login: "alice", name: "Alice Durand", role: "technician" };

function open(replies: Record<string, unknown>, language: "en" | "fr" = "en") {
  const { answer, asked } = answerWith({
    "GET /api/site": site,
    "GET /api/session": { account: null },
    ...replies,
  });
  vi.stubGlobal("fetch", answer);
  draw(<SignInPage />, language);
  return asked;
}

async function fill(login: string, password: string) {
  fireEvent.change(await screen.findByLabelText("Login"), { target: { value: login } });
  fireEvent.change(screen.getByLabelText("Password"), { target: { value: password } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

test("signing in leads to the first page of my role", async () => {
  const asked = open({ "POST /api/session": alice });
  await fill(" Alice ", "correct horse");
  await waitFor(() => expect(window.location.pathname).toBe("/day"));
  expect(asked.find((call) => call.key === "POST /api/session")?.body).toEqual({
    login: "alice",
    password: "correct horse",
  });
});

test("a wrong password is said plainly, and the password is emptied", async () => {
  open({ "POST /api/session": [401, { code: "not_signed_in", message: "no" }] });
  await fill("alice", "wrong");
  expect((await screen.findByRole("alert")).textContent).toContain("do not match");
  expect(screen.getByLabelText("Password")).toHaveProperty("value", "");
  expect(window.location.pathname).toBe("/");
});

test("too many attempts are said as such", async () => {
  open({ "POST /api/session": [429, { code: "too_many_attempts", message: "wait" }] });
  await fill("alice", "wrong");
  expect((await screen.findByRole("alert")).textContent).toContain("Wait a few minutes");
});

test("an empty form asks for what is missing without asking the server", async () => {
  const asked = open({});
  await fill("", "");
  expect((await screen.findByRole("alert")).textContent).toContain("Enter your login");
  expect(asked.some((call) => call.key === "POST /api/session")).toBe(false);
});

test("a site without an operator says where its one-time link is", async () => {
  open({ "GET /api/site": { ...site, needsOperator: true } }, "fr");
  expect(await screen.findByText(/lien à usage unique/)).toBeTruthy();
});
