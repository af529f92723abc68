import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { RecordingState } from "#agent/control/messages";
import { eventually } from "#test/support/eventually";
import { prepareDeskPage } from "./open-page.ts";

const openPage = prepareDeskPage();

const lampOf = (page: Page) => page.locator("[data-lamp]").getAttribute("data-lamp");
const told = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { level: 1, name }).waitFor();

test("the light is on with words, charter and time, and the tab says so too", async () => {
  const { page } = await openPage();
  await told(page, "Recording");
  expect(await lampOf(page)).toBe("on");
  const light = page.getByRole("region", { name: "Is anything recorded?" });
  expect(await light.innerText()).toContain("until 17:30");
  expect(await light.innerText()).toContain("Charter version 3");
  expect(await page.title()).toBe("Recording · Établi");
  expect(await light.getByRole("status").getByRole("heading").count()).toBe(1);
});

test.each<[RecordingState, string | null, RegExp]>([
  ["paused", "2026-11-25T10:54:30.000+01:00", /Paused until 10:54/],
  ["private", null, /Private, until you resume/],
  ["outside-hours", "2026-11-26T09:00:00.000+01:00", /The next: Thu 26 Nov, 09:00/],
  ["outside-hours", null, /no next ones are known/],
  ["hours-not-told", null, /not said yet what your agreed hours are/],
  ["nothing-on", null, /Everything is switched off/],
  ["no-charter", null, /no charter yet/],
])(
  "when nothing is recorded it is off, and says why: %s until %s",
  async (recording, until, why) => {
    const { page, agent } = await openPage();
    await told(page, "Recording");
    agent.status = { ...agent.status, recording, until };
    await told(page, "Nothing is recorded");
    expect(await lampOf(page)).toBe("off");
    expect(await page.getByRole("status").first().innerText()).toMatch(why);
  },
);

test("when the agent does not answer, the light shows neither, and no state of before is shown", async () => {
  const { page, desk } = await openPage();
  await told(page, "Recording");
  await desk.stop();
  await told(page, "The agent does not answer");
  expect(await lampOf(page)).toBe("unknown");
  const text = await page.locator("main").innerText();
  expect(text).toContain("Nothing can be said");
  expect(text).not.toMatch(/Recording|Nothing is recorded|Under way/);
});

test("an answer that stays away for five seconds puts the light out of the two states", async () => {
  const { page } = await openPage();
  await told(page, "Recording");
  let isHeld = true;
  await page.route("**/api/command", async (route) => {
    if (isHeld) return;
    await route.continue();
  });
  await told(page, "The agent does not answer");
  isHeld = false;
  await told(page, "Recording");
});

test("T4: with the keyboard alone, pause for half an hour and come back", async () => {
  const { page, agent } = await openPage();
  await told(page, "Recording");
  for (let count = 0; count < 20 && !(await isFocused(page, "Pause 30 min")); count += 1)
    await page.keyboard.press("Tab");
  expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe(
    "solid",
  );
  await page.keyboard.press("Enter");
  await told(page, "Nothing is recorded");
  await page.getByRole("button", { name: "Resume" }).press("Enter");
  await told(page, "Recording");
  expect(agent.asked).toEqual([{ command: "pause", until: 30 }, { command: "resume" }]);
});

const isFocused = (page: Page, text: string) =>
  page.evaluate(`document.activeElement?.textContent === ${JSON.stringify(text)}`);

test("every way to pause asks for what it says", async () => {
  const { page, agent } = await openPage();
  for (const name of ["Pause 60 min", "Pause until the end of the shift", "Private mode"]) {
    await page.getByRole("button", { name }).click();
    await told(page, "Nothing is recorded");
  }
  await page.getByRole("button", { name: "Private mode" }).waitFor({ state: "detached" });
  expect(agent.asked.map((asked) => "until" in asked && asked.until)).toEqual([
    60,
    "shift",
    "resumed",
  ]);
  agent.status = { ...agent.status, hours: { ...agent.status.hours, current: null } };
  const untilShift = page.getByRole("button", { name: "Pause until the end of the shift" });
  await eventually(async () => expect(await untilShift.isDisabled()).toBe(true));
});

test("troubles are told in plain words, with the agent's own behind a fold", async () => {
  const { page, agent } = await openPage();
  await told(page, "Recording");
  agent.status = {
    ...agent.status,
    troubles: [
      { code: "clock-differs", message: "The clocks differ by 421 s." },
      { code: "other", message: "Something rare." },
    ],
  };
  const notice = page.getByRole("alert").filter({ hasText: "What you should know" });
  await notice.getByText("Times may be wrong").waitFor();
  await notice.getByText("Something rare.").waitFor();
  expect(await notice.getByText("421 s").isVisible()).toBe(false);
  await notice.getByText("In the agent's own words").click();
  await notice.getByText("421 s").waitFor();
});

test("on a shared workstation a person signs in and out here, and sees nothing before", async () => {
  const { page, agent } = await openPage({}, ({ agent: shared }) => {
    shared.status = { ...shared.status, shared: true, recording: "signed-out", until: null };
  });
  await told(page, "Nothing is recorded");
  expect(await page.getByRole("link", { name: "What left" }).count()).toBe(0);
  await page.getByLabel("Name", { exact: true }).fill("Alice");
  await page.getByLabel("Passphrase").fill("nonsense");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("do not belong together here").waitFor();
  expect(await page.getByLabel("Passphrase").inputValue()).toBe("");
  await page.getByLabel("Passphrase").fill("correct horse");
  await page.getByLabel("Passphrase").press("Enter");
  await told(page, "Recording");
  await page.getByRole("button", { name: "Sign out" }).click();
  await told(page, "Nothing is recorded");
  expect(agent.asked.map(({ command }) => command)).toEqual(
    expect.arrayContaining(["signin", "signout"]),
  );
  expect(page.url()).not.toContain("Alice");
});

test("a code this page does not know is told in the agent's own English", async () => {
  const { page, agent } = await openPage({ locale: "fr-FR" }, (opened) => {
    const { handle } = opened.agent;
    opened.agent.handle = (request) =>
      request.command === "pause"
        ? { ok: false, code: "brand-new", message: "Something brand new." }
        : handle(request);
  });
  expect(agent.asked).toEqual([]);
  await page.getByRole("button", { name: "Pause 30 min" }).click();
  await page.getByRole("alert").getByText("Something brand new.").waitFor();
});
