import { askFrom, closedTo, refusedRequest } from "#test/support/browser-calls";
import { expect, test } from "#test/support/browser-test";

test.use({ locale: "en-GB" });

test("E1 the employer reads the charter, and finds that there is nothing else to see", async ({
  site,
  signInAs,
}) => {
  const alice = await site.addTechnician("Alice Durand");
  const page = await signInAs(await site.addAccount("employer"), refusedRequest);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The charter in force");
  await expect(page.getByText("no figure and no name is open to the employer")).toBeVisible();
  await expect(page.getByText("Comparing, ranking or setting targets for people.")).toBeVisible();
  const pages = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
  await expect(pages).toHaveText(["Charter"]);

  const others = [
    "/day",
    "/recorded",
    "/data",
    "/health",
    "/representative",
    "/operator",
    "/operator/accounts",
  ];
  for (const path of others) {
    await page.goto(site.url + path);
    await expect(page).toHaveURL(/\/employer$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The charter in force");
    await expect(page.getByText(alice.name)).toHaveCount(0);
  }
  expect(closedTo("employer").length).toBeGreaterThan(10);
  for (const { method, path } of closedTo("employer"))
    expect(await askFrom(page, method, path), `${method} ${path}`).toMatchObject({ status: 403 });
});
