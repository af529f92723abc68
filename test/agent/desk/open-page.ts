import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { launchOptions, prepareBrowser } from "#test/support/browser";
import { type OpenedDesk, openDesk } from "./open-desk.ts";

const source = fileURLToPath(new URL("../../../agent/desk/page", import.meta.url));

export interface OpenedPage extends OpenedDesk {
  page: Page;
}

/**
 * Builds the page and starts a browser, once for the tests of a file.
 * @returns how a test opens the page, let in, in front of an agent of its own
 */
export function prepareDeskPage() {
  let browser: Browser;
  let built: string;
  beforeAll(async () => {
    built = mkdtempSync(join(tmpdir(), "etabli-desk-page-"));
    await Promise.all([
      prepareBrowser(),
      build({
        configFile: join(source, "vite.config.ts"),
        logLevel: "warn",
        build: { outDir: built },
      }),
    ]);
    browser = await chromium.launch(launchOptions());
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(built, { recursive: true, force: true });
  });

  return async (
    options: BrowserContextOptions = {},
    prepare: (opened: OpenedDesk) => void = () => {},
  ): Promise<OpenedPage> => {
    const opened = await openDesk({ page: built });
    prepare(opened);
    const context = await browser.newContext({
      locale: "en-GB",
      reducedMotion: "reduce",
      timezoneId: "Europe/Paris",
      ...options,
    });
    const complaints: string[] = [];
    context.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    context.on("weberror", (error) => complaints.push(error.error().message));
    onTestFinished(async () => {
      await context.close();
      // What the browser answers to a refusal is no complaint of the page.
      expect(complaints.filter((text) => !text.includes("Failed to load resource"))).toEqual([]);
    });
    const page = await context.newPage();
    await page.goto(`${opened.desk.address}/#${opened.desk.makeTicket()}`);
    return { ...opened, page };
  };
}
