import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openingFile, writeOpeningFile } from "#agent/desk/opening-file";
import { eventually } from "#test/support/eventually";
import { post } from "./open-desk.ts";
import { prepareDeskPage } from "./open-page.ts";

const openPage = prepareDeskPage();
const sections = ["work", "recorded", "waiting", "left"] as const;
const heading = { level: 2 } as const;

/** Both themes of what is on the page hold to the rules of axe, and at no width does it scroll sideways. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    expect(passes.map(({ id }) => id)).toContain("color-contrast");
    const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }));
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
  for (const width of [360, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overhang = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overhang, `${what}, px too wide at ${width}`).toBe(0);
  }
}

test.each(["en-GB", "fr-FR"])(
  "every part of the page holds to the rules of accessibility, in both themes and at every width: %s",
  async (locale) => {
    const { page } = await openPage({ locale }, ({ agent }) => {
      const openMarks = [{ kind: "interrupt" as const, at: agent.status.now, label: "colleague" }];
      const troubles = [{ code: "disk" as const, message: "No space left." }];
      agent.status = { ...agent.status, openMarks, troubles };
    });
    await page.getByRole("heading", heading).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe(locale.slice(0, 2));
    for (const section of sections) {
      await page.locator(`nav a[href="#${section}"]`).click();
      await page.locator(`nav a[href="#${section}"][aria-current=page]`).waitFor();
      await eventually(async () => expect(await page.locator("[aria-busy=true]").count()).toBe(0));
      for (const fold of await page.locator("main summary").all()) await fold.click();
      await expectAccessible(page, section);
    }
  },
  60_000,
);

test("so does what opens before the page, and the page that is locked or silent", async () => {
  const { page, agent, desk } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  await page.getByRole("button", { name: /^Correct Research/ }).click();
  await page.getByRole("dialog").waitFor();
  await expectAccessible(page, "correction");
  await page.keyboard.press("Escape");
  await page.getByLabel("From", { exact: true }).fill("2026-11-25T10:05");
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").waitFor();
  await expectAccessible(page, "deletion");
  await page.keyboard.press("Escape");
  agent.status = { ...agent.status, shared: true, recording: "signed-out" };
  await page.getByLabel("Passphrase").waitFor();
  await expectAccessible(page, "sign in");
  desk.endSessions(false);
  await page.getByRole("heading", { name: "This page is locked" }).waitFor();
  await expectAccessible(page, "locked");
}, 60_000);

test("the link's ticket leaves the address at once, and the page survives a reload", async () => {
  const { page, desk } = await openPage();
  await page.getByRole("heading", { name: "Recording" }).waitFor();
  expect(page.url()).toBe(`${desk.address}/`);
  await page.reload();
  await page.getByRole("heading", { name: "Recording" }).waitFor();
});

test("a page on disk leads to it without the address being told to anybody", async () => {
  const { page, desk, folder } = await openPage();
  await page.getByRole("heading", { name: "Recording" }).waitFor();
  desk.endSessions(false);
  await page.getByRole("heading", { name: "This page is locked" }).waitFor();
  writeOpeningFile(folder, `${desk.address}/#${desk.makeTicket()}`);
  await page.goto(pathToFileURL(openingFile(folder)).href);
  await page.getByRole("heading", { name: "Recording" }).waitFor();
});

test("no script of the page can read the cookie that lets it in", async () => {
  const { page } = await openPage();
  await page.getByRole("heading", { name: "Recording" }).waitFor();
  expect(await page.evaluate("document.cookie")).toBe("");
  const cookies = await page.context().cookies();
  expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
    { httpOnly: true, sameSite: "Strict" },
  ]);
});

test("without a ticket the page says how to open it, and tells nothing", async () => {
  const { page, desk, agent } = await openPage();
  await page.getByRole("heading", { name: "Recording" }).waitFor();
  agent.asked.length = 0;
  await page.context().clearCookies();
  await page.getByText("etabli desk").waitFor();
  await page.goto("about:blank");
  await page.goto(desk.address);
  await page.getByRole("heading", { name: "This page is locked" }).waitFor();
  expect(await page.locator("body").innerText()).not.toContain("Charter version");
  expect(agent.asked).toEqual([]);
});

test("a link that was used already is told apart, and a new one in the same tab opens", async () => {
  const { page, desk, clock } = await openPage();
  await page.getByRole("heading", { name: "Recording" }).waitFor();
  desk.endSessions(false);
  const ticket = desk.makeTicket();
  await post(`${desk.address}/api/session`, { ticket });
  await page.goto(`${desk.address}/#${ticket}`);
  await eventually(() => expect(clock.nextDue()).toBe(1000));
  clock.advance(1000);
  await page.getByText("That link was used already").waitFor();
  await page.goto(`${desk.address}/#${desk.makeTicket()}`);
  await page.getByRole("heading", { name: "Recording" }).waitFor();
});

test("the language can be switched, and is remembered", async () => {
  const { page } = await openPage({ locale: "de-DE" });
  await page.getByRole("heading", { name: "Recording" }).waitFor();
  await page.getByRole("button", { name: "Français" }).click();
  await page.getByRole("heading", { name: "Enregistrement en cours" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Enregistrement en cours" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("fr");
});
