import { readFile } from "node:fs/promises";
import { archive } from "#schema/archive";
import { defaultCharter } from "#schema/charter-default";
import { expect, test } from "#test/support/browser-test";
import { AT, marks, recordMorning, spans } from "./day-of-work.ts";

test.use({ at: AT, locale: "en-GB", viewport: { width: 360, height: 740 } });

test("T12 my archive holds all that was sent of me, my planned hours and the charter, and nothing of others", async ({
  site,
  signInAs,
}) => {
  const alice = await site.addTechnician("Alice Durand");
  const bruno = await site.addTechnician("Bruno Martin");
  await recordMorning(site, bruno);
  await recordMorning(site, alice);
  const page = await signInAs(alice);
  await page.getByRole("link", { name: "My data" }).click();
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my archive (JSON)" }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe("etabli-archive-2026-11-25.json");
  await expect(
    page.getByText("Saved as etabli-archive-2026-11-25.json: 14 spans, 1 mark."),
  ).toBeVisible();

  const file: unknown = JSON.parse(await readFile(await download.path(), "utf8"));
  const mine = archive.parse(file);
  const withoutIds = <Event extends { id?: string | undefined }>(events: readonly Event[]) =>
    events.map(({ id: _identity, ...event }) => event);
  const inOrder = (events: readonly object[]) =>
    events.map((event) => JSON.stringify(event, Object.keys(event).sort())).sort();
  expect(inOrder(withoutIds(mine.spans))).toEqual(inOrder(spans));
  expect(inOrder(withoutIds(mine.marks))).toEqual(inOrder(marks));
  expect(mine.charter).toEqual(defaultCharter);
  expect(mine.zone).toBe("Europe/Paris");
  expect(mine.schedule).toEqual([
    {
      start: "2026-11-25T08:00:00.000+01:00",
      end: "2026-11-25T16:00:00.000+01:00",
      breaks: [
        { start: "2026-11-25T10:00:00.000+01:00", end: "2026-11-25T10:15:00.000+01:00" },
        { start: "2026-11-25T12:00:00.000+01:00", end: "2026-11-25T12:45:00.000+01:00" },
      ],
    },
  ]);
  const workstations = new Set(mine.spans.map(({ id }) => id?.split("/")[0]));
  expect(workstations.size).toBe(1);
});
