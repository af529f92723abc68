// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { DayTimeline } from "#dashboard/charts/day-timeline.tsx";
import { figuresOf } from "#dashboard/view/day-figures.ts";
import { windowOf } from "#dashboard/view/day-window.ts";
import { timeDay } from "#dashboard/view/timed-day.ts";
import { at, dayOf, draw, interruption, span } from "./factories.tsx";

afterEach(cleanup);

const plain = (text: string | null | undefined) => text?.replaceAll(/\s/gu, " ");

function open(language: "en" | "fr" = "en") {
  const now = at("20:00");
  const day = timeDay(
    dayOf(
      [
        span("contact", "09:00", "11:00", 1, "PS"),
        span("contact", "10:30", "10:50", 2),
        span("acw", "12:00", "17:00", 3),
        span("focus", "09:00", "09:30", 4, "crm"),
      ],
      { marks: [interruption("10:00", 5)] },
    ),
  );
  draw(
    <DayTimeline day={day} figures={figuresOf(day, now)} window={windowOf(day, now)} now={null} />,
    language,
  );
}

test("every span tells its kind, label, times and duration", () => {
  open();
  const work = screen.getByRole("group", { name: "Work" });
  const names = within(work)
    .getAllByRole("img")
    .map((shape) => plain(shape.getAttribute("aria-label")));
  expect(names).toEqual([
    "Contact · PS, 09:00–11:00 · 2 h 00",
    "Contact, 10:30–10:50 · 20 min",
    "Not recorded, 11:00–12:00 · 1 h 00",
    "After-contact work, 12:00–17:00 · 5 h 00",
  ]);
  expect(screen.getByRole("group", { name: "Customer file" })).toBeTruthy();
  expect(screen.getByRole("img", { name: /Interruption by a colleague/ })).toBeTruthy();
});

test("contacts at the same time lie in different lanes", () => {
  open();
  const heightOf = (name: RegExp) =>
    Number(screen.getByRole("img", { name }).querySelector("rect")?.getAttribute("y"));
  expect(heightOf(/Contact, 10:30/)).toBeLessThan(heightOf(/Contact · PS/));
});

test("the title says how whole the record is", () => {
  open();
  const title = screen.getByRole("heading", { level: 2 });
  expect(plain(title.textContent)).toBe("Recorded from 09:00 to 17:00; 1 h 00 not recorded");
});

test("the arrow keys go from span to span, and one Tab stop leads into each row", () => {
  open();
  const shapes = within(screen.getByRole("group", { name: "Work" })).getAllByRole("img");
  expect(shapes.map((shape) => shape.getAttribute("tabindex"))).toEqual(["0", "-1", "-1", "-1"]);
  shapes[0]?.focus();
  fireEvent.keyDown(shapes[0] ?? document.body, { key: "ArrowRight" });
  expect(document.activeElement).toBe(shapes[1]);
  fireEvent.keyDown(shapes[1] ?? document.body, { key: "End" });
  expect(document.activeElement).toBe(shapes[3]);
});

test("the table holds the same, gaps and marks included", () => {
  open("fr");
  fireEvent.click(screen.getByRole("button", { name: "Voir en tableau" }));
  const rows = screen.getAllByRole("row").map((row) => plain(row.textContent));
  expect(rows).toHaveLength(7);
  expect(rows).toContain("11:0012:00TravailNon enregistré1 h 00");
  expect(rows).toContain("10:0010:00RepèresInterruption0 s");
});
