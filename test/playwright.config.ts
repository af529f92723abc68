import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser.ts";

export default defineConfig({
  testDir: "./browser",
  outputDir: "../test-results",
  globalSetup: "./support/browser-setup.ts",
  reporter: [["list"]],
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions: launchOptions(),
    timezoneId: "Europe/Paris",
    screenshot: "only-on-failure",
  },
});
