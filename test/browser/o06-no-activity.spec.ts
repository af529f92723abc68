import { endpoints } from "#schema/endpoints";
import {
  askFrom,
  closedTo,
  keepAnswers,
  keepFrames,
  refusedRequest,
} from "#test/support/browser-calls";
import { expect, test } from "#test/support/browser-test";
import { AT, spanOf } from "./day-of-work.ts";

test.use({ at: AT, locale: "en-GB" });

/** What only the record of this test's technician holds. */
const traces = /Zeppelin|LZ129|11:11:00|11:17:00/;

test("O6 no page and no answer that an operator can get shows what anyone did", async ({
  site,
  openPage,
  signInAs,
}) => {
  const alice = await site.addTechnician("Alice Durand");
  const agent = await site.openAgent(alice);
  const hers = await signInAs(alice);
  const page = await signInAs(await site.addAccount("operator"), refusedRequest);
  const answers = keepAnswers(page);
  const frames = keepFrames(page);
  await page.reload();
  await agent.send({
    spans: [spanOf("contact", "11:11", "11:17", { label: "Zeppelin", task: "LZ129" })],
  });
  await expect(hers.getByRole("img", { name: /^Contact · Zeppelin, 11:11–11:17/ })).toBeVisible();

  const pages = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
  await expect(pages).toHaveText(["People", "Import", "Accounts", "Workstations"]);
  for (const link of await pages.all()) {
    await link.click();
    const name = await link.innerText();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.locator("main")).not.toContainText(/Zeppelin|LZ129|11:11|11:17/);
  }
  await expect(page.getByText("Those connected today are rounded")).toBeVisible();
  for (const { method, path } of Object.values(endpoints))
    if (method === "GET") await askFrom(page, method, path);
  for (const path of ["/api/openapi.json", "/healthz", "/readyz"]) await askFrom(page, "GET", path);
  for (const { method, path } of closedTo("operator"))
    expect(await askFrom(page, method, path), `${method} ${path}`).toMatchObject({ status: 403 });

  const bodies = await answers.bodies();
  expect(bodies.length).toBeGreaterThan(10);
  for (const body of bodies) expect(body).not.toMatch(traces);
  expect(frames.opened).toEqual([]);

  const mine = await askFrom(hers, "GET", "/api/me/day");
  expect(mine.text).toMatch(traces);
  const { page: nobody } = await openPage(refusedRequest);
  await nobody.goto(site.url);
  expect(await askFrom(nobody, "GET", "/api/people")).toMatchObject({ status: 401 });
});
