import { expect, test } from "#test/support/browser-test";
import { openWorkstation } from "#test/support/workstation";

test.use({ locale: "fr-FR" });

test("T4 I pause for half an hour and come back: nothing anywhere tells it from an absence", async ({
  site,
  openPage,
  signInAs,
}) => {
  test.setTimeout(120_000);
  // Two people do the same work; one pauses, the other's agent is off meanwhile.
  const [paused, absent] = [
    await site.addTechnician("Paula Pause"),
    await site.addTechnician("Axel Absent"),
  ];
  const one = await openWorkstation(site.url, await site.createCode(paused));
  const other = await openWorkstation(site.url, await site.createCode(absent));
  // While the agent restarts, its page asks in vain.
  const { page: desk } = await openPage(/ERR_CONNECTION_REFUSED/);
  await one.openDesk(desk);
  const lamp = desk.locator("[data-lamp]");

  await test.step("the light is on, and a contact is under way", async () => {
    await expect(
      desk.getByRole("heading", { level: 1, name: "Enregistrement en cours" }),
    ).toBeVisible();
    await expect(lamp).toHaveAttribute("data-lamp", "on");
    await desk.getByRole("button", { name: "Contact", exact: true }).click();
    await expect(desk.getByRole("region", { name: "En cours" })).toContainText("Contact");
    await other.etabli("task", "start", "contact");
  });

  await test.step("I pause: the light goes out, and says until when", async () => {
    await desk.getByRole("button", { name: "Pause 30 min" }).click();
    await expect(lamp).toHaveAttribute("data-lamp", "off");
    await expect(
      desk.getByRole("heading", { level: 1, name: "Rien n'est enregistré" }),
    ).toBeVisible();
    await other.stop();
  });

  await test.step("the pause outlives the agent, and work declared meanwhile is nowhere", async () => {
    await one.stop();
    await one.start();
    await expect(one.etabli("task", "start", "case")).rejects.toThrow(/paused/);
    expect(await one.etabli("status")).toMatch(/nothing is recorded/i);
    await one.openDesk(desk);
    await expect(lamp).toHaveAttribute("data-lamp", "off");
  });

  await test.step("I come back, and work goes on", async () => {
    await desk.getByRole("button", { name: "Reprendre" }).click();
    await expect(lamp).toHaveAttribute("data-lamp", "on");
    await other.start();
    for (const each of [one, other]) {
      await each.etabli("task", "start", "meeting");
      await each.etabli("task", "stop");
      await expect
        .poll(async () => JSON.parse(await each.etabli("status", "--json")).waiting)
        .toMatchObject({ held: 0, batches: 0 });
    }
  });

  await test.step("on the pages of both there is the same: two spans, and no word of a pause", async () => {
    const shapes: string[][] = [];
    for (const account of [paused, absent]) {
      const page = await signInAs(account);
      const events = page.getByRole("img", { name: /^(Contact|Réunion)/ });
      await expect(events).toHaveCount(2);
      const names = await events.evaluateAll((found) =>
        found.map((each) => each.getAttribute("aria-label") ?? each.textContent ?? ""),
      );
      shapes.push(names.map((name) => name.replaceAll(/\d+/g, "0")));
      await expect(page.getByText(/pause prise|en pause|interrompu/i)).toHaveCount(0);
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });

  await desk.close();
  await one.close();
  await other.close();
});
