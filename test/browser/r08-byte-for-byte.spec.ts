import { createHash } from "node:crypto";
import { expect, test } from "#test/support/browser-test";
import { openWorkstation } from "#test/support/workstation";

test.use({ locale: "en-GB" });

test("R8 I check with my own workstation that what the agent shows is what the server has, byte for byte", async ({
  site,
  openPage,
}) => {
  test.setTimeout(120_000);
  // A representative has a workstation of their own as a technician.
  const rita = await site.addTechnician("Rita Rey");
  const workstation = await openWorkstation(site.url, await site.createCode(rita));
  const { page: desk } = await openPage();

  await test.step("some work leaves", async () => {
    await workstation.etabli("task", "start", "contact", "PS", "--allotted", "5m");
    await workstation.etabli("mark", "difficult");
    await workstation.etabli("task", "stop");
    await expect
      .poll(async () => JSON.parse(await workstation.etabli("status", "--json")).waiting)
      .toMatchObject({ held: 0, batches: 0 });
  });

  await test.step("the page shows the very bytes, and their hash is theirs", async () => {
    await workstation.openDesk(desk);
    await desk.getByRole("link", { name: "What left" }).click();
    const show = desk.getByRole("button", { name: /^Show what was sent in batch/ }).first();
    await show.click();
    const dialog = desk.getByRole("dialog");
    await expect(dialog.getByText("Computed again by this browser: the same.")).toBeVisible();
    await desk.keyboard.press("Escape");
  });

  await test.step("the site has received exactly them, and holds every event of them", async () => {
    await desk.getByRole("button", { name: "Compare with the site" }).click();
    await expect(desk.getByText(/exactly/i).first()).toBeVisible();
    const compared = JSON.parse(await workstation.etabli("compare", "--json"));
    const list: {
      sha256: string;
      siteSha256: string;
      same: boolean;
      epoch: number;
      seq: number;
    }[] = Array.isArray(compared) ? compared : compared.comparison;
    expect(list.length).toBeGreaterThan(0);
    for (const { epoch, seq, sha256, siteSha256, same } of list) {
      expect(same).toBe(true);
      const bytes = await workstation.etabli("mirror", "show", `${epoch}/${seq}`);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
      expect(siteSha256).toBe(sha256);
    }
  });

  await desk.close();
  await workstation.close();
});
