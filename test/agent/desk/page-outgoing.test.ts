import { expect, test } from "vitest";
import { eventually } from "#test/support/eventually";
import { prepareDeskPage } from "./open-page.ts";

const openPage = prepareDeskPage();
const at = (clock: string) => `2026-11-25T${clock}.000+01:00`;

test("T6: look at what waits, delete ten minutes of it, and see that it is gone", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  const table = page.getByRole("table", { name: "Waiting events" });
  await table.getByRole("row", { name: /Research · printer setup/ }).waitFor();
  const stretch = page.getByRole("region", { name: "Delete a stretch of time" });
  await stretch.getByLabel("From").fill("2026-11-25T10:05");
  await stretch.getByLabel("To").fill("2026-11-25T10:15");
  await stretch.getByText("This deletes 3 events. 2 more are cut short at the edge.").waitFor();
  await stretch.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this for good?" });
  expect(await dialog.getByRole("row").count()).toBe(6);
  expect(agent.asked.some(({ command }) => command === "held-delete")).toBe(false);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("status").getByText("3 events are deleted.").waitFor();
  expect(agent.asked).toContainEqual({
    command: "held-delete",
    from: at("10:05:00"),
    to: at("10:15:00"),
  });
  await eventually(async () =>
    expect(await table.getByRole("row", { name: /Research · printer setup/ }).count()).toBe(0),
  );
});

test("what was deleted or corrected and still stands on the disk is not told as gone", async () => {
  const { page, agent } = await openPage();
  agent.leavesTraces = true;
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  const stretch = page.getByRole("region", { name: "Delete a stretch of time" });
  await stretch.getByLabel("From").fill("2026-11-25T10:05");
  await stretch.getByLabel("To").fill("2026-11-25T10:15");
  await stretch.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  const outcome = page.getByRole("status").getByText("3 events are deleted.");
  expect(await outcome.textContent()).toContain("traces could not be wiped from this disk yet");
  await page.getByRole("button", { name: /^Correct Contact · billing, 10:04:10/ }).click();
  const dialog = page.getByRole("dialog", { name: "Correct this event" });
  await dialog.getByLabel("Queue or subject").fill("contracts");
  await dialog.getByRole("button", { name: "Save the correction" }).click();
  await page.getByText("What it said before could not be wiped from this disk yet").waitFor();
});

test("the last ten minutes are one press, and a stretch with nothing in it cannot be deleted", async () => {
  const { page } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  const stretch = page.getByRole("region", { name: "Delete a stretch of time" });
  await stretch.getByLabel("From").fill("2026-11-25T07:00");
  await stretch.getByLabel("To").fill("2026-11-25T07:10");
  await stretch.getByText("There is nothing in this stretch to delete.").waitFor();
  expect(await stretch.getByRole("button", { name: "Delete…" }).isDisabled()).toBe(true);
  await stretch.getByLabel("To").fill("2026-11-25T06:00");
  await stretch.getByText("The end has to come after the beginning.").waitFor();
  await stretch.getByRole("button", { name: "Last 10 minutes" }).click();
  expect(await stretch.getByLabel("From").inputValue()).toBe("2026-11-25T10:14");
  expect(await stretch.getByLabel("To").inputValue()).toBe("2026-11-25T10:25");
});

test("what was sent already is told apart, and cannot be changed here", async () => {
  const { page } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  const row = page.getByRole("row", { name: /Contact · moving house/ });
  await row.getByText("sent, not yet confirmed").waitFor();
  expect(await row.getByRole("button").count()).toBe(0);
  const stretch = page.getByRole("region", { name: "Delete a stretch of time" });
  await stretch.getByLabel("From").fill("2026-11-25T09:40");
  await stretch.getByText("1 was sent already and can no longer be held here.").waitFor();
});

test("T5: a wrong label is corrected before it leaves", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  await page.getByRole("button", { name: /^Correct Research · printer setup, 10:09:00/ }).click();
  const dialog = page.getByRole("dialog", { name: "Correct this event" });
  await dialog.getByRole("button", { name: "Save the correction" }).click();
  await dialog.getByText("Nothing was changed.").waitFor();
  await dialog.getByLabel("Kind").selectOption({ label: "Case work" });
  await dialog.getByLabel("Queue or subject").fill("contracts");
  await dialog.getByLabel("Ends").fill("2026-11-25T10:11:30");
  await dialog.getByRole("button", { name: "Save the correction" }).click();
  await page.getByRole("row", { name: /Case work · contracts/ }).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(agent.asked).toContainEqual({
    command: "held-correct",
    id: "open/34",
    change: { kind: "case", label: "contracts", end: at("10:11:30") },
  });
});

test("an event that left while it was being corrected is told, and nothing is lost of what was written", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  await page.getByRole("button", { name: /^Correct Research/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Queue or subject").fill("contracts");
  agent.held = { ...agent.held, open: [] };
  await dialog.getByRole("button", { name: "Save the correction" }).click();
  await dialog.getByText("It is no longer here.").waitFor();
  expect(await dialog.getByLabel("Queue or subject").inputValue()).toBe("contracts");
});

test("how long events are held back can be lengthened, not below the charter's minutes", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  const choice = page.getByLabel("Hold back for");
  expect(await choice.locator("option").first().innerText()).toBe("5 minutes");
  await choice.selectOption({ label: "1 hour" });
  await page.getByRole("status").getByText("Set. It holds").waitFor();
  expect(agent.asked).toContainEqual({ command: "hold-back", minutes: 60 });
});

test("a sealed batch is shown in the very characters in which it will leave, and the browser checks its sha256", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("link", { name: "Waiting to leave" }).click();
  await page.getByText("Batch 42", { exact: true }).click();
  const batch = agent.held.batches.find(({ seq }) => seq === 42);
  const shown = page.locator("details[open] pre");
  expect(await shown.textContent()).toBe(batch?.text);
  await page
    .locator("details[open]")
    .getByText("Computed again by this browser: the same.")
    .waitFor();
  agent.held = {
    ...agent.held,
    batches: agent.held.batches.map((entry) => ({ ...entry, sha256: "0".repeat(64) })),
  };
  await page.getByRole("button", { name: "Look again" }).click();
  await page.locator("details[open]").getByText("not the same").waitFor();
});

test("R8: what left is at the site byte for byte, or the page says what is not", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("link", { name: "What left" }).click();
  const table = page.getByRole("table", { name: "Left in the last 24 hours" });
  await table.getByRole("row", { name: /Batch 39/ }).waitFor();
  await page.getByRole("button", { name: "Compare with the site" }).click();
  await page.getByText("All 3 batches are at the site exactly as they left here.").waitFor();
  expect(await table.getByText("The same").count()).toBe(3);
  agent.lostAtSite.push(39);
  await page.getByRole("button", { name: "Compare with the site" }).click();
  await page.getByText("1 of 3 batches is not at the site as it left here.").waitFor();
  await table.getByRole("row", { name: /Batch 39.*The site has no such batch/ }).waitFor();
  await page.getByRole("button", { name: "Show what was sent in batch 39" }).click();
  const dialog = page.getByRole("dialog", { name: "Batch 39" });
  await dialog.getByText("Computed again by this browser: the same.").waitFor();
  expect(await dialog.locator("pre").textContent()).toMatch(/^\{"workstation".*"tallies":\[\]\}$/);
});

test("offline the mirror is there, and the comparison says that the site cannot be reached", async () => {
  const { page } = await openPage({}, ({ agent }) => {
    agent.status = { ...agent.status, connection: { kind: "waiting", message: "Not connected." } };
  });
  await page.getByRole("link", { name: "What left" }).click();
  await page.getByText("Not connected; everything waits here").waitFor();
  await page.getByRole("button", { name: "Compare with the site" }).click();
  await page.getByRole("alert").getByText("The site cannot be reached now.").waitFor();
  await page.getByRole("row", { name: /Batch 40/ }).waitFor();
});

test("what the site did not take is shown with its reasons", async () => {
  const { page } = await openPage();
  await page.getByRole("link", { name: "What left" }).click();
  const refused = page.getByRole("region", { name: "Not taken by the site" });
  await refused.getByText("spans.0.end: lies in the future").waitFor();
});
