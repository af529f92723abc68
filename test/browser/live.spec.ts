import type { Span } from "#schema/activity";
import { formatInZone } from "#schema/time";
import { openTestAgent } from "#test/support/agent";
import { expect, signIn, test } from "#test/support/browser-test";
import { enterAsFirstOperator } from "#test/support/site-client";
import { AT, spanOf } from "./day-of-work.ts";
import { WITHIN_A_SECOND } from "./patience.ts";

test.describe("in English", () => {
  test.use({ locale: "en-GB", at: AT });

  test("what a workstation sends is on its owner's screen within a second of the ack, without reload", async ({
    site,
    signInAs,
  }) => {
    const alice = await site.addTechnician("Alice Durand");
    const agent = await site.openAgent(alice);
    const page = await signInAs(alice);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await page.evaluate("window.sameDocument = true");

    await agent.send({ spans: [spanOf("contact", "13:00", "13:10", { label: "PS" })] });
    const first = page.getByRole("img", { name: "Contact · PS, 13:00–13:10 · 10 min" });
    await expect(first).toBeVisible({ timeout: WITHIN_A_SECOND });
    await agent.send({ spans: [spanOf("contact", "13:20", "13:40", { label: "NE" })] });
    const second = page.getByRole("img", { name: "Contact · NE, 13:20–13:40 · 20 min" });
    await expect(second).toBeVisible({ timeout: WITHIN_A_SECOND });

    await expect(page.getByRole("heading", { name: "2 contacts, 30 min recorded" })).toBeVisible();
    await expect(page.getByText("30 min on contacts out of 30 min recorded")).toBeVisible();
    expect(await page.evaluate("window.sameDocument")).toBe(true);
  });

  test("a day in the past stays as it is when something of today comes", async ({
    site,
    signInAs,
  }) => {
    const alice = await site.addTechnician("Alice Durand");
    const agent = await site.openAgent(alice);
    await agent.send({ spans: [spanOf("case", "09:00", "10:00")] });
    const page = await signInAs(alice);
    const { page: other } = { page: await page.context().newPage() };
    await other.clock.setFixedTime(AT);
    await other.goto(`${site.url}/day/2026-11-24`);
    await expect(other.getByText("Live", { exact: true })).toBeVisible();
    await agent.send({ spans: [spanOf("contact", "13:00", "13:10")] });
    await expect(page.getByRole("img", { name: /^Contact, 13:00/ })).toBeVisible();
    await expect(other.getByText("Nothing is recorded for this day.").first()).toBeVisible();
  });
});

test.describe("en français", () => {
  test.use({ locale: "fr-FR" });

  test("when the server is killed and comes back, so does the page, with what was sent meanwhile", async ({
    siteProcess,
    openPage,
  }) => {
    const { url, firstOperator } = siteProcess;
    const operator = await enterAsFirstOperator(url, firstOperator);
    const alice = await operator.addTechnician("Alice Durand");
    const code = await operator.createCode(alice);
    const agent = await openTestAgent({ server: url, code, now: Date.now });
    await agent.send({ spans: [justNow("contact", "avant")] });
    const { page } = await openPage(/WebSocket|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED/);
    await page.goto(url);
    await signIn(page, alice);
    await expect(page.getByText("En direct")).toBeVisible();
    await expect(page.getByRole("img", { name: /^Contact · avant/ })).toBeVisible();
    await page.evaluate("window.sameDocument = true");

    await siteProcess.kill();
    await expect(page.getByText("Reconnexion…")).toBeVisible();
    await expect(page.getByRole("img", { name: /^Contact · avant/ })).toBeVisible();
    await page.context().setOffline(true);
    await siteProcess.startAgain();
    await agent.send({ spans: [justNow("case", "pendant")] });
    await page.context().setOffline(false);

    await expect(page.getByText("En direct")).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole("img", { name: /^Traitement de dossier · pendant/ })).toBeVisible();
    await expect(page.getByRole("img", { name: /^Contact · avant/ })).toHaveCount(1);
    expect(await page.evaluate("window.sameDocument")).toBe(true);
    await agent.close();
  });
});

function justNow(kind: Span["kind"], label: string): Span {
  const [start, end] = [Date.now() - 120_000, Date.now()].map((at) =>
    formatInZone(at, "Europe/Paris"),
  );
  return { kind, label, start: start ?? "", end: end ?? "", source: "declared" };
}
