import type { Page } from "@playwright/test";
import { expect, signIn, test } from "#test/support/browser-test";
import { AT, recordMorning } from "./day-of-work.ts";

test.use({ at: AT });

const rowOf = (page: Page, caption: string, name: string) =>
  page.getByRole("table", { name: caption }).getByRole("row").filter({ hasText: name });

test.describe("T2 en français, sur un grand écran", () => {
  test.use({ locale: "fr-FR" });

  test("my day says in one sentence what it was, and shows it in three ways", async ({
    site,
    signInAs,
  }) => {
    const alice = await site.addTechnician("Alice Durand");
    await recordMorning(site, alice);
    const page = await signInAs(alice);
    await expect(page).toHaveURL(/\/day$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("mercredi 25 novembre 2026");
    await expect(
      page.getByText("2 h 40 en contact sur 5 h 15 enregistrées ; 2 pauses."),
    ).toBeVisible();

    const timeline = page.getByRole("region", {
      name: "Enregistré de 08:00 à 14:00 ; 45 min non enregistrées",
    });
    await expect(
      timeline.getByRole("img", { name: /^Contact · PS, 08:20–08:50 · 30 min$/ }),
    ).toBeVisible();
    await expect(timeline.getByRole("img", { name: /^Fiche client, 08:20–08:40/ })).toBeVisible();
    await expect(
      timeline.getByRole("img", { name: /^Interruption par un collègue, 09:50–09:55/ }),
    ).toBeVisible();
    await expect(
      timeline.getByRole("img", { name: /Horaire prévu 08:00–16:00, Pause prévue 10:00–10:15/ }),
    ).toBeVisible();

    const workload = page.getByRole("region", {
      name: "Heure la plus chargée 08:30–09:30 : 1 h 00 en contact et travail après contact",
    });
    await expect(workload.locator(".recharts-bar-rectangle").first()).toBeVisible();

    await expect(
      page.getByRole("heading", { name: "5 contacts, 5 h 15 enregistrées" }),
    ).toBeVisible();
    await expect(
      page.getByText("88 % des heures prévues jusqu'ici sont enregistrées."),
    ).toBeVisible();
    await expect(rowOf(page, "Genre de travail", "Contact").first()).toContainText("2 h 40");
    await expect(rowOf(page, "Genre de travail", "Pause").first()).toContainText("1 h 00");
  });

  test("time nobody recorded is drawn and named as not recorded, and counts as nothing", async ({
    site,
    signInAs,
  }) => {
    const alice = await site.addTechnician("Alice Durand");
    await recordMorning(site, alice);
    const page = await signInAs(alice);
    const hole = page.getByRole("img", { name: "Non enregistré, 10:15–11:00 · 45 min" });
    await expect(hole).toBeVisible();
    await expect(hole.getByText("non enregistré")).toBeAttached();
    await expect(page.getByRole("list", { name: "Légende" }).first()).toContainText(
      "Non enregistré",
    );
    await expect(rowOf(page, "Genre de travail", "Non")).toHaveCount(0);
  });
});

test.describe("T2 in English, at 360 px", () => {
  test.use({ locale: "en-GB", viewport: { width: 360, height: 740 } });

  test("every chart has a table that says the same, and nothing is cut off at 360 px", async ({
    site,
    signInAs,
  }) => {
    const alice = await site.addTechnician("Alice Durand");
    await recordMorning(site, alice);
    const page = await signInAs(alice);
    await expect(
      page.getByText("2 h 40 on contacts out of 5 h 15 recorded; 2 breaks."),
    ).toBeVisible();
    await page.getByRole("button", { name: "Show as a table" }).first().click();
    const days = page.getByRole("table", { name: "Work", exact: true });
    await expect(days.getByRole("row")).toHaveCount(1 + 12 + 2 + 1 + 1);
    for (const line of [
      "08:20 08:50 Work Contact · PS 30 min",
      "10:15 11:00 Work Not recorded 45 min",
      "08:20 08:40 Tools Customer file 20 min",
    ])
      await expect(days.getByRole("row", { name: line, exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Show as a table" }).click();
    const quarters = page.getByRole("table", { name: "Quarter of an hour" });
    await expect(quarters.getByRole("row").filter({ hasText: "10:30" }).first()).toContainText(
      "100%",
    );
    const wider = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    expect(wider, "the page scrolls sideways").toBe(false);
  });

  test("signing in and reading the day takes a keyboard and nothing else", async ({
    site,
    openPage,
  }) => {
    const alice = await site.addTechnician("Alice Durand");
    await recordMorning(site, alice);
    const { page } = await openPage();
    await page.goto(site.url);
    await tabTo(page, "Login");
    await page.keyboard.type(alice.login);
    await tabTo(page, "Password");
    await page.keyboard.type("quatre mots sur un établi");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/day$/);
    await expect(
      page.getByText("2 h 40 on contacts out of 5 h 15 recorded; 2 breaks."),
    ).toBeVisible();

    await tabTo(page, /^Waiting for a contact, 08:00–08:20/);
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("img", { name: /^Contact · PS, 08:20–08:50/ })).toBeFocused();
    await page.keyboard.press("End");
    await expect(page.getByRole("img", { name: /^After-contact work, 13:45–14:00/ })).toBeFocused();
    await tabTo(page, "Show as a table");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("table", { name: "Quarter of an hour" })).toBeVisible();
  });

  test("the arrow keys walk from day to day", async ({ site, openPage }) => {
    const alice = await site.addTechnician("Alice Durand");
    await recordMorning(site, alice);
    const { page } = await openPage();
    await page.goto(site.url);
    await signIn(page, alice);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wednesday 25 November 2026");
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tuesday 24 November 2026");
    await expect(page.getByText("Nothing is recorded for this day.").first()).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wednesday 25 November 2026");
  });
});

/** An outline, or around a shape of the timeline a stroke in the colour of the focus. */
const focusShows = `(() => {
  const shape = document.activeElement.querySelector(":scope > rect");
  if (document.activeElement.dataset.key) return parseFloat(getComputedStyle(shape).strokeWidth) >= 2;
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
})()`;

/** Presses Tab until what has that name has the focus, and sees that it shows where the focus is. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(focusShows), "the place of the focus can be seen").toBe(true);
    const focused = page.locator(":focus");
    const found = page.getByLabel(name).or(page.getByRole("button", { name })).and(focused);
    if ((await found.count()) > 0) return;
  }
  throw new Error(`no Tab leads to ${name}`);
}
