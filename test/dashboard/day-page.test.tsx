// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DayPage } from "#dashboard/pages/technician/day-page.tsx";
import { answerWith, dayOf, draw, span } from "./factories.tsx";

// There is no layout here, and a chart without room draws nothing.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(
    new DOMRect(0, 0, 800, 240),
  );
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const plain = (text: string | null | undefined) => text?.replaceAll(/\s/gu, " ");

function open(reply: unknown, language: "en" | "fr" = "en") {
  const { answer, asked } = answerWith({ "GET /api/me/day": reply });
  vi.stubGlobal("fetch", answer);
  draw(<DayPage />, language);
  return asked;
}

const worked = dayOf([
  span("contact", "09:00", "12:00", 1),
  span("break", "12:00", "12:45", 2),
  span("acw", "12:45", "14:00", 3),
]);

test("the day opens with its finding in one sentence", async () => {
  open(worked);
  expect(await screen.findByRole("heading", { level: 1 })).toHaveProperty(
    "textContent",
    "Wednesday 25 November 2026",
  );
  const summary = await screen.findByText(/on contacts out of/);
  expect(plain(summary.textContent)).toBe("3 h 00 on contacts out of 5 h 00 recorded; 1 break.");
});

test("the same in French", async () => {
  open(worked, "fr");
  const summary = await screen.findByText(/en contact sur/);
  expect(plain(summary.textContent)).toBe("3 h 00 en contact sur 5 h 00 enregistrées ; 1 pause.");
});

test("a loss a workstation reported is said in plain words", async () => {
  open({
    ...worked,
    gaps: [
      {
        epoch: 1,
        fromSeq: 4,
        toSeq: 6,
        reason: "deleted",
        toldAt: "2026-11-25T11:00:00.000+01:00",
      },
    ],
  });
  expect(
    await screen.findByText(
      "3 batches will not come: deleted before it left the workstation (told at 11:00).",
    ),
  ).toBeTruthy();
});

test("someone without any record is told how to enrol a workstation", async () => {
  open(dayOf([], { schedule: [] }));
  expect(await screen.findByRole("link", { name: "Enrol a workstation" })).toHaveProperty(
    "pathname",
    "/recorded",
  );
});

test("a day without records leads to the last one that has some", async () => {
  open(dayOf([], { firstDate: "2026-11-11", lastDate: "2026-11-24" }));
  const link = await screen.findByRole("link", { name: "Go to the last day with records" });
  expect(link).toHaveProperty("pathname", "/day/2026-11-24");
});

test("a failure is said, and trying again helps when the server is back", async () => {
  const replies: Record<string, unknown> = {
    "GET /api/me/day": [403, { code: "forbidden", message: "no" }],
  };
  vi.stubGlobal("fetch", answerWith(replies).answer);
  draw(<DayPage />);
  expect((await screen.findByRole("alert")).textContent).toContain("Your day could not be read");
  replies["GET /api/me/day"] = worked;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText(/on contacts out of/)).toBeTruthy();
});

test("the workload curve names the busiest hour and has a table of every quarter", async () => {
  open(worked);
  const title = await screen.findByRole("heading", { name: /^Busiest hour 09:00/ });
  expect(plain(title.textContent)).toBe(
    "Busiest hour 09:00–10:00: 1 h 00 on contacts and the work after them",
  );
  fireEvent.click(
    within(screen.getByRole("region", { name: /^Busiest hour/ })).getByRole("button", {
      name: "Show as a table",
    }),
  );
  const table = screen.getByRole("table", { name: "Share of each quarter of an hour" });
  expect(within(table).getByRole("row", { name: /^11:45–12:00/ }).textContent).toBe(
    "11:45–12:00100%0%0%0%0%",
  );
  expect(within(table).getByRole("row", { name: /^14:00–14:15/ }).textContent).toBe(
    "14:00–14:150%0%0%0%100%",
  );
});
