import { type Browser, test as base, expect, type Page } from "@playwright/test";
import type { SiteMode } from "#schema/endpoints";
import { openTestSite, type TestSite } from "./site.ts";
import { PASSWORD, type TestAccount } from "./site-client.ts";
import { type SiteProcess, startSiteProcess } from "./site-process.ts";

export interface OpenedPage {
  /** Someone's browser: its own cookies and storage, at the clock of the site. */
  page: Page;
  /** What the browser complained of: script errors, refused requests, breaches of the page's policy. */
  complaints: string[];
}

interface SiteFixtures {
  mode: SiteMode;
  /** Where the clocks of site and pages stand still; they run when this is undefined. */
  at: string | undefined;
  site: TestSite;
  /** The built server as a process of its own, empty, with running clocks. */
  siteProcess: SiteProcess;
  /** Opens a browser of someone's own. A complaint that matches none of `expected` fails the test at its end. */
  openPage: (expected?: RegExp) => Promise<OpenedPage>;
  /** Opens a browser and signs in there through the form. */
  signInAs: (account: TestAccount, expected?: RegExp) => Promise<Page>;
}

interface WorkerFixtures {
  /** Gives a site of that kind, the one before when it was of the same kind: a database takes seconds to open. */
  openSite: (mode: SiteMode, at: string | undefined) => Promise<TestSite>;
}

/** Playwright's test, with a site to put people of the test's own in, and pages that may complain of nothing. */
export const test = base.extend<SiteFixtures, WorkerFixtures>({
  mode: ["real", { option: true }],
  at: [undefined, { option: true }],
  openSite: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      let open: { kind: string; site: TestSite } | undefined;
      await use(async (mode, at) => {
        const kind = `${mode} ${at}`;
        if (open?.kind === kind) return open.site;
        await open?.site.close();
        open = { kind, site: await openTestSite(mode, at) };
        return open.site;
      });
      await open?.site.close();
    },
    { scope: "worker" },
  ],
  site: [
    async ({ openSite, mode, at }, use) => {
      const site = await openSite(mode, at);
      await use(site);
      await site.closeAgents();
    },
    // Opening a database on a busy machine does not count against the test.
    { timeout: 120_000 },
  ],
  siteProcess: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const site = await startSiteProcess();
      await use(site);
      await site.close();
    },
    { timeout: 120_000 },
  ],
  openPage: async ({ browser, at }, use) => {
    const unexpected: string[] = [];
    const opened: Page[] = [];
    await use(async (expected) => {
      const { page, complaints } = await openPage(browser, (complaint) => {
        if (!expected?.test(complaint)) unexpected.push(complaint);
      });
      opened.push(page);
      if (at !== undefined) await page.clock.setFixedTime(at);
      return { page, complaints };
    });
    for (const page of opened) await page.context().close();
    expect(unexpected, "complaints of the browser").toEqual([]);
  },
  signInAs: async ({ site, openPage }, use) => {
    await use(async (account, expected) => {
      const { page } = await openPage(expected);
      await page.goto(site.url);
      await signIn(page, account);
      return page;
    });
  },
});

async function openPage(browser: Browser, onComplaint: (text: string) => void) {
  const context = await browser.newContext();
  const complaints: string[] = [];
  const note = (text: string) => {
    complaints.push(text);
    onComplaint(text);
  };
  context.on("console", (message) => {
    if (message.type() === "error") note(message.text());
  });
  context.on("weberror", (error) => note(error.error().message));
  return { page: await context.newPage(), complaints };
}

/** Fills in the sign-in form, in either language, and waits for the account's first page. */
export async function signIn(page: Page, account: TestAccount): Promise<void> {
  await page.getByLabel(/^(Login|Identifiant)$/).fill(account.login);
  await page.getByLabel(/^(Password|Mot de passe)$/).fill(PASSWORD);
  await page.getByRole("button", { name: /^(Sign in|Se connecter)$/ }).click();
  await page.waitForURL((url) => url.pathname !== "/");
}

export { expect };
