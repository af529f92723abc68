import { defaultCharter } from "#schema/charter-default";
import { hashCharter } from "#server/database/charter";
import { expect, test } from "#test/support/browser-test";

test.use({ locale: "fr-FR", viewport: { width: 360, height: 740 } });

test("R1 the charter reads in plain language: what for, what never, what is on, how long, who reads", async ({
  site,
  signInAs,
}) => {
  const page = await signInAs(await site.addAccount("representative"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("La charte en vigueur");
  await expect(
    page.getByRole("heading", { name: "Charte par défaut, pas encore signée" }),
  ).toBeVisible();
  await expect(
    page.getByText("Comparer ou classer des personnes, leur fixer des objectifs."),
  ).toBeVisible();
  await expect(
    page.getByText("Améliorer l'organisation du travail et protéger la santé."),
  ).toBeVisible();
  await expect(page.getByText(hashCharter(defaultCharter))).toBeVisible();

  const category = (state: string, name: string) =>
    page.getByRole("listitem").filter({ hasText: new RegExp(`^${state}${name}`) });
  for (const [state, name] of [
    ["Activé", "Travail"],
    ["Activé", "Outils"],
    ["Désactivé", "Nombre de clics et de frappes"],
    ["Désactivé", "Mes propres réponses"],
    ["Désactivé", "Hors des horaires convenus"],
    ["Désactivé", "Communauté de pratique"],
  ] as const) {
    await expect(category(state, name)).toContainText("Gardé 14 jours");
    await expect(category(state, name)).toContainText("Lu par : Technicien");
  }
  await expect(category("Activé", "Outils")).toContainText("Chacun peut la désactiver");
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
});
