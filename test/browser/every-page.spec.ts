import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { Role } from "#schema/role";
import { expect, signIn, test } from "#test/support/browser-test";
import type { TestSite } from "#test/support/site";
import type { TestAccount } from "#test/support/site-client";
import { AT, recordMorning } from "./day-of-work.ts";

test.use({ at: AT });

const languages = ["fr-FR", "en-GB"] as const;
const pages: Record<Role, readonly string[]> = {
  technician: ["/day", "/day/2026-11-24", "/recorded", "/data"],
  health: ["/health"],
  representative: ["/representative"],
  employer: ["/employer"],
  operator: ["/operator", "/operator/import", "/operator/accounts", "/operator/workstations"],
};
const roles: readonly Role[] = ["technician", "health", "representative", "employer", "operator"];

async function makeAccount(site: TestSite, role: Role): Promise<TestAccount> {
  if (role !== "technician") return await site.addAccount(role);
  const alice = await site.addTechnician("Alice Durand");
  await recordMorning(site, alice);
  return alice;
}

/** Both themes of what is on the page hold to the rules of axe, and at 360 px nothing needs scrolling sideways. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    expect(passes.map(({ id }) => id)).toContain("color-contrast");
    const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }));
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const overhang = "document.documentElement.scrollWidth - innerWidth";
  // The charts measure their new place before they draw anew.
  await expect.poll(() => page.evaluate(overhang), `${what}, px too wide at 360`).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });
}

for (const locale of languages)
  test.describe(locale, () => {
    test.use({ locale });

    for (const role of roles)
      test(`every page of the role ${role} holds to the rules of accessibility, in both themes`, async ({
        site,
        signInAs,
      }) => {
        const page = await signInAs(await makeAccount(site, role));
        for (const path of pages[role]) {
          await page.goto(site.url + path);
          await expectAccessible(page, path);
        }
        await expect(page.locator("html")).toHaveAttribute("lang", locale.slice(0, 2));
      });

    test("so do the pages before signing in, and what opens on pages: tables, menus, one-time links", async ({
      site,
      openPage,
      signInAs,
    }) => {
      const { page } = await openPage(/status of 404/);
      await page.goto(site.url);
      await expectAccessible(page, "sign in");
      await page.getByRole("button", { name: /^(Sign in|Se connecter)$/ }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await expectAccessible(page, "sign in, with nothing filled in");
      for (const path of ["/join", `/join#${"A".repeat(43)}`, "/no/such/page"]) {
        await page.goto(site.url + path);
        await page.reload();
        await expectAccessible(page, path);
      }
      const alice = await makeAccount(site, "technician");
      await page.goto(site.url);
      await signIn(page, alice);
      const asTable = page.getByRole("button", { name: /^(Show as a table|Voir en tableau)$/ });
      await asTable.first().click();
      await asTable.click();
      await page.getByRole("button", { name: /Alice Durand/ }).click();
      await expectAccessible(page, "tables of the day, account menu");
      const operator = await signInAs(await site.addAccount("operator"));
      await operator
        .getByRole("button", { name: /^(Enrolment code for|Code d'inscription pour) Alice/ })
        .first()
        .click();
      await expect(operator.getByRole("dialog")).toBeVisible();
      await expectAccessible(operator, "one-time code");
    });
  });
