import { askFrom, closedTo, keepAnswers, refusedRequest } from "#test/support/browser-calls";
import { expect, test } from "#test/support/browser-test";
import { AT, recordMorning } from "./day-of-work.ts";

test.use({ at: AT, locale: "fr-FR" });

test("H12 occupational health finds no way to look at one person, and reads why", async ({
  site,
  signInAs,
}) => {
  const alice = await site.addTechnician("Alice Durand");
  await recordMorning(site, alice);
  const health = await site.addAccount("health");
  const page = await signInAs(health, refusedRequest);
  const answers = keepAnswers(page);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Santé au travail");
  const why = page.getByRole("heading", { name: "Pourquoi personne ne peut être recherché" });
  await expect(why).toBeVisible();
  await expect(page.getByText("la base de données le refuse, quoi qu'on demande")).toBeVisible();
  await expect(page.getByText("Rien n'est encore publié.")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("searchbox")).toHaveCount(0);

  for (const path of ["/day", "/day/2026-11-25", "/data", "/operator", `/health/${alice.person}`]) {
    await page.goto(site.url + path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      path.startsWith("/health/") ? "Cette page n'existe pas" : "Santé au travail",
    );
  }
  for (const { method, path } of closedTo("health"))
    expect(await askFrom(page, method, path), `${method} ${path}`).toMatchObject({ status: 403 });
  const mine = await askFrom(page, "GET", `/api/me/day?person=${alice.person}`);
  expect(mine.status).toBe(403);
  for (const body of await answers.bodies()) expect(body).not.toMatch(/Alice|4711|08:20:00/);

  const hers = await signInAs(alice);
  expect((await askFrom(hers, "GET", "/api/me/day")).text).toMatch(/4711.*08:20:00|08:20:00.*4711/);
});
