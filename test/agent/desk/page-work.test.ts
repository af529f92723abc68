import { expect, test } from "vitest";
import { eventually } from "#test/support/eventually";
import { prepareDeskPage } from "./open-page.ts";

const openPage = prepareDeskPage();

test("a task begins, is put aside, taken up again and stopped, each in one press", async () => {
  const { page, agent } = await openPage();
  const underWay = page.getByRole("region", { name: "Under way" });
  await underWay.getByText("Contact · billing").waitFor();
  await underWay.getByRole("button", { name: "Put aside" }).click();
  await underWay.getByText("No task is under way.").waitFor();
  await page.getByRole("button", { name: "Back to Contact · billing" }).click();
  await underWay.getByText("Contact · billing").waitFor();
  await page.getByRole("button", { name: "Break", exact: true }).click();
  await underWay.getByText("Break").waitFor();
  await page.getByRole("radio", { name: "is put aside" }).check();
  await page.getByRole("button", { name: "Research", exact: true }).click();
  await page.getByRole("button", { name: "Back to Break" }).waitFor();
  await underWay.getByRole("button", { name: "Stop" }).click();
  await underWay.getByText("No task is under way.").waitFor();
  expect(agent.asked).toEqual([
    { command: "task-park" },
    { command: "task-back", task: "4711" },
    { command: "task-start", kind: "break" },
    { command: "task-switch", kind: "research" },
    { command: "task-stop" },
  ]);
});

test("the details that were given go with the kind that is pressed, once", async () => {
  const { page, agent } = await openPage();
  const begin = page.getByRole("region", { name: "Begin" });
  await begin.getByText("Details, for the next one you begin").click();
  await begin.getByLabel("Queue or subject").fill("billing");
  await begin.getByLabel("Task number").fill("4713");
  await begin.getByLabel("Allotted time, in minutes").fill("12");
  await begin.getByLabel("Deadline").fill("2026-11-25T15:00");
  await begin.getByLabel("Where it comes from").selectOption({ label: "Given to me" });
  await begin.getByLabel("How involved").selectOption({ label: "Bespoke" });
  await begin.getByLabel("Waits for the customer").check();
  await begin.getByRole("button", { name: "Case work" }).click();
  await page.getByText("Begun.", { exact: true }).waitFor();
  expect(agent.asked).toEqual([
    {
      command: "task-start",
      kind: "case",
      label: "billing",
      task: "4713",
      allotted: 720,
      due: "2026-11-25T15:00:00.000+01:00",
      origin: "imposed",
      complexity: 3,
      waitingOn: "customer",
    },
  ]);
  await eventually(async () =>
    expect(await begin.getByLabel("Queue or subject").inputValue()).toBe(""),
  );
});

test("a field that cannot be kept says so before anything is asked", async () => {
  const { page, agent } = await openPage();
  const begin = page.getByRole("region", { name: "Begin" });
  await begin.getByText("Details, for the next one you begin").click();
  await begin.getByLabel("Queue or subject").fill("mail@example.org");
  await begin.getByText("and no address").waitFor();
  await begin.getByRole("button", { name: "Case work" }).click();
  await page.getByRole("alert").getByText("Check it and try again").waitFor();
  expect(agent.asked).toEqual([]);
  expect(await begin.getByLabel("Queue or subject").inputValue()).toBe("mail@example.org");
});

test("marks are one press each, and what is open can be closed", async () => {
  const { page, agent } = await openPage();
  const marks = page.getByRole("region", { name: "Something came up" });
  for (const name of [
    "Conflict of priorities",
    "Difficult contact",
    "Off the script",
    "A colleague",
  ])
    await marks.getByRole("button", { name, exact: true }).click();
  await marks.getByRole("button", { name: "It is over: Interruption · A colleague" }).click();
  await marks.getByRole("button", { name: "Help asked" }).click();
  await marks.getByRole("button", { name: "Help answered" }).click();
  await marks.getByRole("button", { name: "Technical incident" }).click();
  await page.getByRole("button", { name: "Back to Contact · billing" }).waitFor();
  await marks.getByText("A deadline was set").click();
  await marks.getByLabel("Deadline").fill("2026-11-25T16:30");
  await marks.getByRole("button", { name: "Note the deadline" }).click();
  await eventually(() => expect(agent.asked).toHaveLength(9));
  expect(agent.asked).toEqual([
    { command: "mark", kind: "priority_conflict" },
    { command: "mark", kind: "difficult_contact" },
    { command: "mark", kind: "off_script" },
    { command: "mark", kind: "interrupt", label: "colleague" },
    { command: "mark-end", kind: "interrupt" },
    { command: "mark", kind: "help_request" },
    { command: "mark-end", kind: "help_request" },
    { command: "task-switch", kind: "tech_incident" },
    { command: "mark", kind: "deadline", due: "2026-11-25T16:30:00.000+01:00" },
  ]);
});

test("while nothing is recorded the page says so and offers nothing to press in vain", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("button", { name: "Break", exact: true }).waitFor();
  agent.status = { ...agent.status, recording: "private", until: null, task: null };
  await page.getByText("nothing you would press here is kept").waitFor();
  for (const name of [
    "Break",
    "Difficult contact",
    "A colleague",
    "Back to Case work · moving house",
  ])
    expect(await page.getByRole("button", { name, exact: true }).isDisabled(), name).toBe(true);
});

test("what is recorded: each category with its purpose, and a switch where the charter leaves it to me", async () => {
  const { page, agent } = await openPage({ locale: "fr-FR" });
  await page.getByRole("link", { name: "Ce qui est enregistré" }).click();
  const list = page.getByRole("region", { name: "Par catégorie" });
  await list.getByText("La catégorie de l'application au premier plan").waitFor();
  expect(await list.getByRole("switch", { name: /: Travail$/ }).count()).toBe(0);
  const tools = list.getByRole("switch", { name: /: Outils$/ });
  expect(await tools.getAttribute("aria-checked")).toBe("true");
  await tools.press("Space");
  await list.getByText("Vous l'avez désactivé").first().waitFor();
  await eventually(async () => expect(await tools.getAttribute("aria-checked")).toBe("false"));
  await list.getByRole("switch", { name: /Communauté de pratique$/ }).click();
  await page.getByRole("status").getByText("la charte l'a désactivé").waitFor();
  expect(agent.asked).toEqual([
    { command: "category", id: "focus", on: false },
    { command: "category", id: "community", on: true },
  ]);
});

test("T1: what works on this machine, what does not, and why", async () => {
  const { page, agent } = await openPage();
  await page.getByRole("link", { name: "What is recorded" }).click();
  const senses = page.getByRole("region", { name: "What works on this machine" });
  await senses.getByText("In front now: Customer file").waitFor();
  await senses.getByText("No feed is set up.").waitFor();
  agent.status = {
    ...agent.status,
    applications: { state: "unsupported", reason: "This is Wayland.", inFront: null },
  };
  await senses.getByText("This is Wayland.").waitFor();
  const hours = page.getByRole("region", { name: "When" });
  expect(await hours.innerText()).toContain("09:00 – 17:30");
});
