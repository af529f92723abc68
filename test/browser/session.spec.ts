import { askFrom, refusedRequest } from "#test/support/browser-calls";
import { expect, test } from "#test/support/browser-test";
import { AT } from "./day-of-work.ts";

test.use({ at: AT, locale: "en-GB" });

test("Chromium keeps the session's cookie at http://127.0.0.1, for this host alone and away from scripts", async ({
  site,
  signInAs,
}) => {
  const page = await signInAs(await site.addTechnician("Alice Durand"));
  expect(await page.context().cookies()).toMatchObject([
    {
      name: "__Host-etabli",
      httpOnly: true,
      secure: true,
      sameSite: "Strict",
      path: "/",
      domain: "127.0.0.1",
      expires: -1,
    },
  ]);
  expect(await page.evaluate("document.cookie")).toBe("");
  await page.reload();
  await expect(page).toHaveURL(/\/day$/);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});

test("signing out in one tab ends the other one too, its live connection included", async ({
  site,
  signInAs,
}) => {
  const page = await signInAs(await site.addTechnician("Alice Durand"), refusedRequest);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const second = await page.context().newPage();
  await second.goto(`${site.url}/data`);
  await second.getByRole("button", { name: "Account: Alice Durand" }).click();
  await second.getByRole("button", { name: "Sign out" }).click();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  expect(await askFrom(page, "GET", "/api/me/day")).toMatchObject({ status: 401 });
  expect(await page.context().cookies()).toEqual([]);
});

test("a wrong password says what to do, and leaves the login in place", async ({
  site,
  openPage,
}) => {
  const alice = await site.addTechnician("Alice Durand");
  const { page } = await openPage(refusedRequest);
  await page.goto(site.url);
  await page.getByLabel("Login").fill(alice.login);
  await page.getByLabel("Password").fill("something else");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText(
    "Login and password do not match. Check both and try again.",
  );
  await expect(page.getByLabel("Login")).toHaveValue(alice.login);
  await expect(page.getByLabel("Password")).toHaveValue("");
});

test("the page's policy refuses a script that is not the site's own, and the tests see it", async ({
  site,
  openPage,
}) => {
  const { page, complaints } = await openPage(/Content Security Policy/);
  await page.goto(site.url);
  await page.evaluate(
    "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))",
  );
  await expect.poll(() => complaints.join()).toMatch(/Content Security Policy/);
  expect(await page.evaluate("window.ran")).toBeUndefined();
});
