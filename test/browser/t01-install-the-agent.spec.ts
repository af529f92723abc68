import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatInZone } from "#schema/time";
import { runEtabli } from "#test/support/agent-command";
import { expect, test } from "#test/support/browser-test";
import { WITHIN_A_SECOND } from "./patience.ts";

test.use({ locale: "fr-FR" });

test("T1 from an empty site to my own workstation's work on my screen, with the real programs", async ({
  siteProcess: site,
  openPage,
}) => {
  test.setTimeout(120_000);
  const { page: operator } = await openPage();
  const { page: alice } = await openPage();
  const folder = mkdtempSync(join(tmpdir(), "etabli-t01-"));

  await test.step("the link of the first start makes the first operator, once", async () => {
    await operator.goto(`${site.url}/join#${site.firstOperator}`);
    await expect(
      operator.getByText("Ce lien crée un compte avec le rôle : Exploitant."),
    ).toBeVisible();
    await operator.getByLabel("Nom", { exact: true }).fill("Olga Ohm");
    await operator.getByLabel("Identifiant").fill("olga");
    await operator.getByLabel("Mot de passe", { exact: true }).fill("une phrase assez longue");
    await operator.getByRole("button", { name: "Créer le compte" }).click();
    await expect(operator).toHaveURL(/\/operator$/);
    await expect(operator.getByText("Personne pour l'instant.")).toBeVisible();
  });

  await test.step("people and planned hours come from CSV files", async () => {
    await operator.getByRole("link", { name: "Import", exact: true }).click();
    const today = formatInZone(Date.now(), "Europe/Paris").slice(0, 10);
    const files = [
      [
        "Fichier CSV des personnes",
        "Importer les personnes",
        "login,name,team,zone\na.durand,Alice Durand,Nord,\nb.martin,Bruno Martin,Nord,",
      ],
      [
        "Fichier CSV des horaires",
        "Importer les horaires",
        `login,date,start,end,breaks\na.durand,${today},00:00,23:59,\nb.martin,${today},08:00,16:00,12:00-12:45`,
      ],
    ] as const;
    for (const [field, button, text] of files) {
      const buffer = Buffer.from(text);
      await operator
        .getByLabel(field)
        .setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer });
      await operator.getByRole("button", { name: button }).click();
    }
    const done = operator.getByText("2 lignes importées, aucune déjà présente, aucune refusée.");
    await expect(done).toHaveCount(2);
  });

  const link = await test.step("the operator invites the technician", async () => {
    await operator.getByRole("link", { name: "Personnes", exact: true }).click();
    await operator.getByRole("button", { name: "Inviter Alice Durand" }).click();
    const dialog = operator.getByRole("dialog", { name: "Lien à usage unique" });
    return await dialog.locator("code").innerText();
  });

  await test.step("the technician joins, and reads what is recorded and what cannot be", async () => {
    await alice.goto(link);
    await expect(alice.getByText("Il a été fait pour Alice Durand.")).toBeVisible();
    await alice.getByLabel("Mot de passe", { exact: true }).fill("ma propre phrase secrète");
    await alice.getByRole("button", { name: "Créer le compte" }).click();
    await expect(alice.getByText("Rien n'est encore enregistré pour vous")).toBeVisible();
    await alice.getByRole("link", { name: "Inscrire un poste" }).click();
    await expect(alice.getByRole("heading", { level: 1 })).toHaveText(
      "Ce qui est enregistré de moi",
    );
    await expect(
      alice.getByText(
        "La catégorie de l'application au premier plan, jamais son nom, son titre ni son contenu.",
      ),
    ).toBeVisible();
    await expect(
      alice.getByText(/Titres de fenêtres, .* ne peuvent pas être enregistrés\./),
    ).toBeVisible();
    await expect(alice.getByText("Aucun poste n'est encore inscrit pour vous.")).toBeVisible();
  });

  await test.step("the command on the page enrols the workstation as it stands", async () => {
    await alice.getByRole("button", { name: "Créer un code à usage unique" }).click();
    const command = await alice.getByText(/^npx etabli enrol /).innerText();
    const words = command.split(" ").slice(2);
    const said = await runEtabli(folder, ...words).ended;
    expect(said).toContain(`Enrolled at ${site.url}.`);
    await expect(alice.getByText("Pas connecté")).toBeVisible();
    await expect(runEtabli(folder, ...words, "--replace").ended).rejects.toThrow("has been used");
  });

  const agent = runEtabli(
    folder,
    ...["run", "--seal-every", "3600", "--desk-port", "0", "--gateway-port", "off"],
  );
  await test.step("its light comes on once it runs", async () => {
    await agent.says("connected\n");
    await expect(alice.getByText("Connecté maintenant")).toBeVisible();
    const { page: desk } = await openPage();
    const printed = await runEtabli(folder, "desk", "--no-open").ended;
    await desk.goto(printed.trim());
    await expect(desk.locator("[data-lamp=on]")).toBeVisible();
    await expect(
      desk.getByRole("heading", { level: 1, name: "Enregistrement en cours" }),
    ).toBeVisible();
    await desk.getByRole("link", { name: "Ce qui est enregistré" }).click();
    await expect(
      desk.getByText(
        "La catégorie de l'application au premier plan, jamais son nom, son titre ni son contenu.",
      ),
    ).toBeVisible();
    await desk.close();
  });

  await test.step("work ended on the workstation is on My day within a second", async () => {
    await alice.getByRole("link", { name: "Ma journée", exact: true }).click();
    await expect(alice.getByText("En direct")).toBeVisible();
    await alice.evaluate("window.sameDocument = true");
    await runEtabli(folder, "task", "start", "contact", "PS").ended;
    await runEtabli(folder, "task", "stop").ended;
    await expect
      .poll(async () => JSON.parse(await runEtabli(folder, "status", "--json").ended).waiting)
      .toMatchObject({ batches: 0, held: 0 });
    await expect(alice.getByRole("img", { name: /^Contact · PS, / })).toBeVisible({
      timeout: WITHIN_A_SECOND,
    });
    await expect(alice.getByRole("heading", { name: /^1 contact, / })).toBeVisible();
    expect(await alice.evaluate("window.sameDocument")).toBe(true);
  });

  await agent.stop();
  rmSync(folder, { recursive: true, force: true });
});
