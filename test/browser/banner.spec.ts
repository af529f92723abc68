import type { Role } from "#schema/role";
import { expect, test } from "#test/support/browser-test";
import { AT } from "./day-of-work.ts";

const told = {
  demo: "Démonstration : toutes les personnes et tous les chiffres affichés sont simulés.",
  replay: "Relecture : ce qui s'affiche vient d'un journal enregistré, rejoué.",
};
const others: readonly Exclude<Role, "technician">[] = [
  "health",
  "representative",
  "employer",
  "operator",
];

for (const mode of ["demo", "replay", "real"] as const)
  test.describe(`a site of the kind ${mode}`, () => {
    test.use({ mode, at: AT, locale: "fr-FR" });

    test(
      mode === "real"
        ? "claims nothing of the sort on any page"
        : "says so on every page of everyone, before signing in too",
      async ({ site, openPage, signInAs }) => {
        const { page: nobody } = await openPage();
        await nobody.goto(site.url);
        await expect(nobody.getByRole("heading", { level: 1 })).toHaveText("Connexion");
        const opened = [nobody, await signInAs(await site.addTechnician("Alice Durand"))];
        for (const role of others) opened.push(await signInAs(await site.addAccount(role)));
        for (const page of opened) {
          const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
          for (const link of [null, ...(await links.all())]) {
            await link?.click();
            await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
            if (mode === "real") await expect(page.getByText(/simulés|rejoué/)).toHaveCount(0);
            else await expect(page.getByText(told[mode])).toBeVisible();
          }
        }
      },
    );
  });
