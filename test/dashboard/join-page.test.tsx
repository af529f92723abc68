// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { JoinPage } from "#dashboard/pages/entry/join-page.tsx";
import { answerWith, draw, stamp } from "./factories.tsx";

const token = "A".repeat(43);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.history.replaceState(null, "", "/");
});

function open(replies: Record<string, unknown>, hash = `#${token}`) {
  window.history.replaceState(null, "", `/join${hash}`);
  const { answer, asked } = answerWith(replies);
  vi.stubGlobal("fetch", answer);
  draw(<JoinPage />);
  return asked;
}

const forAlice = {
  role: "technician",
  login: "alice.d",
  name: "Alice Durand",
  expiresAt: stamp("18:00"),
};

test("a technician's link fixes login and name, and leads into the day", async () => {
  const asked = open({
    "POST /api/invitation/read": forAlice,
    "POST /api/invitation/accept": {
      id: "11111111-2222-4333-8444-555555555555",
      login: "alice.d",
      name: "Alice Durand",
      role: "technician",
    },
  });
  expect(await screen.findByLabelText("Login")).toMatchObject({ value: "alice.d", readOnly: true });
  fireEvent.change(screen.getByLabelText("Password"), { target: { value: "a long sentence" } });
  fireEvent.click(screen.getByRole("button", { name: "Create the account" }));
  await waitFor(() => expect(window.location.pathname).toBe("/day"));
  expect(asked.at(-1)?.body).toEqual({
    token,
    login: "alice.d",
    name: "Alice Durand",
    password: "a long sentence",
  });
});

test("a short password is refused before anything is sent", async () => {
  const asked = open({ "POST /api/invitation/read": forAlice });
  fireEvent.change(await screen.findByLabelText("Password"), { target: { value: "short" } });
  fireEvent.click(screen.getByRole("button", { name: "Create the account" }));
  expect(await screen.findByText("Choose a password of 10 to 128 characters.")).toBeTruthy();
  expect(asked).toHaveLength(1);
});

test("a used link says so and offers no form", async () => {
  open({ "POST /api/invitation/read": [410, { code: "expired", message: "gone" }] });
  expect((await screen.findByRole("alert")).textContent).toContain("expired or was already used");
  expect(screen.queryByLabelText("Password")).toBeNull();
});

test("an address without its one-time part says what is wrong", async () => {
  open({}, "");
  expect((await screen.findByRole("alert")).textContent).toContain("lacks its one-time part");
});
