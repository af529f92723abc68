import type { Page } from "@playwright/test";
import { expect, test } from "#test/support/browser-test";

test.use({ locale: "en-GB" });

async function importFile(page: Page, what: "people" | "schedules", lines: string[]) {
  const buffer = Buffer.from(lines.join("\r\n"));
  const file = { name: `${what}.csv`, mimeType: "text/csv", buffer };
  await page.getByLabel(`CSV file of ${what}`).setInputFiles(file);
  await page.getByRole("button", { name: `Import ${what}` }).click();
}

const rowsOf = (page: Page, caption: string) =>
  page.getByRole("table", { name: caption }).getByRole("row");

test("O2 bad lines come back with their reason, good ones are kept, and the same file again changes nothing", async ({
  site,
  signInAs,
}) => {
  const page = await signInAs(await site.addAccount("operator"));
  await page.getByRole("link", { name: "Import", exact: true }).click();
  const people = [
    "login,name,team,zone",
    "o2.ana,Ana Good,Support Nord,",
    "Not A Login,Ben Bad,Support Nord,",
    "o2.cy,Cy Bad,Support Nord,Mars/Olympus",
    "o2.ana,Ana Twice,Support Nord,",
    "o2.dan,Dan Good",
    "o2.eve,Eve Good,Support Nord,Europe/Lisbon",
  ];
  await importFile(page, "people", people);
  await expect(page.getByText("2 lines imported, none already there, 4 refused.")).toBeVisible();
  await expect(rowsOf(page, "4 refused")).toHaveText([
    /^Line\s*Reason$/,
    /^3.*login: 2 to 40 small letters/,
    /^4.*zone: not a known IANA time zone/,
    /^5.*login: line 2 has it already/,
    /^6.*has 2 columns where 4 are named/,
  ]);
  await importFile(page, "people", people);
  await expect(page.getByText("No line imported, 2 already there, 4 refused.")).toBeVisible();

  await importFile(page, "schedules", [
    "login,date,start,end,breaks",
    "o2.ana,2026-11-25,22:00,06:00,01:00-01:30",
    "o2.nobody,2026-11-25,08:00,16:00,",
    "o2.eve,2026-11-25,8h,16:00,",
    "o2.eve,2026-11-26,08:00,16:00,17:00-17:30",
  ]);
  await expect(page.getByText("1 line imported, none already there, 3 refused.")).toBeVisible();
  await expect(rowsOf(page, "3 refused")).toHaveText([
    /^Line\s*Reason$/,
    /^3.*nobody has it; import people first/,
    /^4.*not a time like 09:30/,
    /^5.*a break lies outside the shift/,
  ]);

  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "Ana Good" })).toContainText("Europe/Paris");
  await expect(page.getByRole("row").filter({ hasText: "Eve Good" })).toContainText(
    "Europe/Lisbon",
  );
  await expect(page.getByText("Bad", { exact: false })).toHaveCount(0);
});

test("O2 a file of the wrong kind says which columns were expected", async ({ site, signInAs }) => {
  const page = await signInAs(await site.addAccount("operator"), /status of 400/);
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await importFile(page, "people", ["nom;prénom", "Durand;Alice"]);
  await expect(page.getByRole("alert")).toContainText("column login is missing");
});
