import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { status as statusSchema } from "#agent/control/messages";
import { openOutbox } from "#agent/outbox";
import { done, endings, etabli, makeEnrolled, readStatus, startAgent } from "./cli/program.ts";
import { makeSpan } from "./factories.ts";
import { makeFolder } from "./folder.ts";
import { startSiteOfToday } from "./site-of-today.ts";

test("--help shows the commands with examples, --version the version", async () => {
  const [help, version] = await Promise.all([
    done(etabli(makeFolder(), "--help")),
    done(etabli(makeFolder(), "--version")),
  ]);
  expect(help).toMatchObject({ code: 0, err: "" });
  for (const word of ["enrol <server>", "task start <kind>", "Exit codes"])
    expect(help.out).toContain(word);
  expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("wrong usage ends with 2 and says what is wrong", async () => {
  const folder = makeFolder();
  const wrong: [string[], string][] = [
    [[], "Say what to do"],
    [["dance"], 'no command "dance"'],
    [["task", "start", "sleeping"], "kind"],
    [["task", "start", "contact", "http://example.org/x"], "label"],
    [["status", "--replace"], "--replace does not go"],
    [["run", "--seal-every", "soon"], "--seal-every"],
    [["pause", "now"], "length of time"],
    [["enrol", "https://etabli.example.org"], "needs more"],
    [["--bogus"], "bogus"],
  ];
  const results = await Promise.all(wrong.map(([argv]) => done(etabli(folder, ...argv))));
  for (const [index, [argv, reason]] of wrong.entries()) {
    expect(results[index]?.code, argv.join(" ")).toBe(2);
    expect(results[index]?.err, argv.join(" ")).toContain(reason);
    expect(results[index]?.out).toBe("");
  }
});

test("a workstation that is not enrolled, or an agent that does not run, says so and what to do", async () => {
  const fresh = await done(etabli(makeFolder(), "run"));
  expect(fresh).toMatchObject({ code: 1, out: "" });
  expect(fresh.err).toContain("etabli enrol");
  const { folder } = await makeEnrolled();
  const asked = await done(etabli(folder, "status"));
  expect(asked.code).toBe(1);
  expect(asked.err).toContain("etabli run");
});

test("a task goes from the command line to the site; status shows it; a second agent is refused", async () => {
  const { folder, spans, site } = await makeEnrolled();
  const agent = await startAgent(folder, "--seal-every", "3600");
  expect(await etabli(folder, "task", "start", "contact", "PS", "--task", "4711").ended).toBe(0);
  const [asked, plain, second] = await Promise.all([
    done(etabli(folder, "status", "--json")),
    done(etabli(folder, "status")),
    done(etabli(folder, "run")),
  ]);
  expect(statusSchema.parse(JSON.parse(asked.out))).toMatchObject({
    recording: "on",
    connection: { kind: "connected" },
    task: { kind: "contact", label: "PS" },
    charter: { version: 1 },
    applications: { inFront: null },
  });
  expect(plain.out).toMatch(/^● recording\n/);
  expect(plain.out).toContain("contact PS, since");
  expect(second.code).toBe(1);
  expect(second.err).toContain("already runs");
  const stopped = await done(etabli(folder, "task", "stop"));
  expect(stopped).toMatchObject({ code: 0, out: "Stopped: contact\n" });
  expect(await etabli(folder, "task", "stop").ended).toBe(1);
  while (site.stored.size < 1) await new Promise((resolve) => setImmediate(resolve));
  expect(spans()).toMatchObject([
    { kind: "contact", label: "PS", task: "4711", source: "declared" },
  ]);
  agent.child.kill("SIGTERM");
  expect(await agent.ended).toBe(0);
  expect(agent.err()).toContain("Applications are not sensed");
  expect(agent.err()).not.toMatch(/PS|4711|contact/);
});

test("a person switches an optional category off for themselves, and the choice outlives a restart", async () => {
  const { folder } = await makeEnrolled();
  const agent = await startAgent(folder, "--seal-every", "3600");
  const off = await done(etabli(folder, "category", "focus", "off"));
  expect(off).toMatchObject({ code: 0, out: 'Switched off: "focus" is not recorded.\n' });
  const fixed = await done(etabli(folder, "category", "work", "off"));
  expect(fixed).toMatchObject({ code: 1, err: expect.stringContaining("does not leave") });
  agent.child.kill("SIGTERM");
  await agent.ended;
  await startAgent(folder, "--seal-every", "3600");
  const { categories } = await readStatus(folder);
  expect(categories.find(({ id }) => id === "focus")).toMatchObject({ on: false, chosen: false });
});

test("stopped with a task under way, it ends the task, sends it and leaves in good order", async () => {
  const { folder, spans } = await makeEnrolled();
  const agent = await startAgent(folder, "--seal-every", "3600");
  expect(await etabli(folder, "task", "start", "case").ended).toBe(0);
  agent.child.kill("SIGINT");
  expect(await agent.ended).toBe(0);
  expect(spans()).toMatchObject([{ kind: "case" }]);
  expect(spans()[0]?.truncated).toBeUndefined();
});

test("killed, it says at the next start up to when the task was seen; paused, it records nothing", async () => {
  const { folder, spans } = await makeEnrolled();
  const agent = await startAgent(folder, "--seal-every", "3600");
  expect(await etabli(folder, "task", "start", "research").ended).toBe(0);
  agent.child.kill("SIGKILL");
  await agent.ended;
  const next = await startAgent(folder, "--seal-every", "0.1");
  while (spans().length < 1) await new Promise((resolve) => setImmediate(resolve));
  expect(spans()).toMatchObject([{ kind: "research", truncated: true }]);
  expect(await etabli(folder, "pause").ended).toBe(0);
  const refused = await done(etabli(folder, "task", "start", "contact"));
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("etabli resume");
  expect(await etabli(folder, "resume").ended).toBe(0);
  expect(await etabli(folder, "task", "start", "contact").ended).toBe(0);
  next.child.kill("SIGTERM");
  expect(await next.ended).toBe(0);
  expect(spans().map(({ kind }) => kind)).toEqual(["research", "contact"]);
});

test("the site away: the agent records all the same, ends within seconds, and sends at the next start", async () => {
  const { folder, site } = await makeEnrolled();
  const first = await startAgent(folder);
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  await site.close();
  const agent = etabli(folder, "run");
  await agent.says("not connected");
  expect(await etabli(folder, "task", "start", "contact").ended).toBe(0);
  expect(await etabli(folder, "task", "stop").ended).toBe(0);
  expect(await readStatus(folder)).toMatchObject({ waiting: { batches: 1 } });
  agent.child.kill("SIGTERM");
  expect(await agent.ended).toBe(0);
  const port = Number(new URL(site.server).port);
  const back = await startSiteOfToday(port);
  endings.push(() => back.close());
  const again = etabli(folder, "run");
  while (back.stored.size < 1) await new Promise((resolve) => setImmediate(resolve));
  expect(again.err()).not.toContain("lost");
});

test("a replacement that a crash cut off is carried through at the next start", async () => {
  const { folder } = await makeEnrolled();
  const outbox = openOutbox(folder);
  outbox.add({ spans: [makeSpan()] });
  await outbox.close();
  copyFileSync(join(folder, "identity.json"), join(folder, "identity.json.next"));
  await startAgent(folder, "--seal-every", "3600");
  expect((await done(etabli(folder, "status"))).out).toMatch(
    /waits here +0 events, .*no batch to send/,
  );
  expect(existsSync(join(folder, "identity.json.next"))).toBe(false);
});

test("events that were lost before they could be sent are told in the status", async () => {
  const { folder } = await makeEnrolled();
  const outbox = openOutbox(folder, { limits: { bytes: 1e9, events: 1 } });
  outbox.add({ spans: [makeSpan(), makeSpan(), makeSpan()] });
  await outbox.close();
  await startAgent(folder, "--seal-every", "3600");
  const { out } = await done(etabli(folder, "status"));
  expect(out).toMatch(/^! 2 recorded events were lost on this machine/m);
});

test("a rules file that cannot be read ends with 3 and names the place", async () => {
  const { folder } = await makeEnrolled();
  writeFileSync(join(folder, "application-rules.json"), '[{ "category": "crm" }]');
  const result = await done(etabli(folder, "run"));
  expect(result.code).toBe(3);
  expect(result.err).toContain("application-rules.json");
});
