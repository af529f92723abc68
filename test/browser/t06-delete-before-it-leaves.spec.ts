import { expect, test } from "#test/support/browser-test";
import { openWorkstation } from "#test/support/workstation";

test.use({ locale: "fr-FR" });

test("T6 I look at what waits to leave my workstation, delete ten minutes of it, and they never arrive", async ({
  site,
  openPage,
  signInAs,
}) => {
  test.setTimeout(120_000);
  const alice = await site.addTechnician("Alice Attente");
  const workstation = await openWorkstation(site.url, await site.createCode(alice));
  const { page: desk } = await openPage();
  await workstation.openDesk(desk);

  await test.step("events wait here as long as I say", async () => {
    await expect(desk.locator("[data-lamp]")).toHaveAttribute("data-lamp", "on");
    await workstation.etabli("hold-back", "60");
    await workstation.etabli("task", "start", "contact", "Merlin");
    await workstation.etabli("task", "start", "research", "Kestrel");
    await workstation.etabli("task", "stop");
    await desk.getByRole("link", { name: "En attente de départ" }).click();
    const waiting = desk.getByRole("table", { name: "Événements en attente" });
    await expect(waiting).toContainText("Merlin");
    await expect(waiting).toContainText("Kestrel");
  });

  await test.step("I delete the last ten minutes, having seen what that removes", async () => {
    const region = desk.getByRole("region", { name: "Supprimer un moment" });
    await region.getByRole("button", { name: "10 dernières minutes" }).click();
    await region.getByRole("button", { name: "Supprimer…" }).click();
    const dialog = desk.getByRole("dialog");
    await expect(dialog).toContainText("2");
    await dialog.getByRole("button", { name: "Supprimer pour de bon" }).click();
    await expect(dialog).toBeHidden();
    await expect(desk.getByText("Merlin")).toHaveCount(0);
  });

  await test.step("what I do afterwards leaves, and only that is at the site", async () => {
    await workstation.etabli("hold-back", "0");
    await workstation.etabli("task", "start", "meeting");
    await workstation.etabli("task", "stop");
    await expect
      .poll(async () => JSON.parse(await workstation.etabli("status", "--json")).waiting)
      .toMatchObject({ held: 0, batches: 0 });
    const page = await signInAs(alice);
    await expect(page.getByRole("img", { name: /^Réunion/ })).toBeVisible();
    await expect(page.getByRole("img", { name: /Merlin|Kestrel/ })).toHaveCount(0);
    await expect(page.getByText(/Merlin|Kestrel/)).toHaveCount(0);
  });

  await desk.close();
  await workstation.close();
});
