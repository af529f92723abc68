import { expect, test } from "vitest";
import { at, makeBucket, type OpenGateway, openGateway, readFolder } from "./open-gateway.ts";

/** Everything a watcher says that must come out of nowhere. */
const secrets = [
  "Madame-Durand",
  "Zorglub.exe",
  "zorglub",
  "secret.example",
  "q=diagnosis",
  "contract-2026.odt",
  "apollo-project",
  "whatever-else",
  "4711",
];

const watchers: [type: string, data: Record<string, unknown>, kept: Record<string, string>][] = [
  ["currentwindow", { app: "Zorglub.exe", title: "Madame-Durand" }, { app: "other" }],
  ["currentwindow", { app: "OUR-CRM.exe", title: "Madame-Durand" }, { app: "crm" }],
  ["currentwindow", { title: "Madame-Durand" }, {}],
  [
    "web.tab.current",
    { url: "https://eu.crm.example/Madame-Durand?q=diagnosis", title: "Madame-Durand" },
    { app: "crm" },
  ],
  [
    "web.tab.current",
    { url: "https://secret.example/?q=diagnosis", title: "Madame-Durand", audible: true },
    { app: "browser" },
  ],
  [
    "web.tab.current",
    { url: "https://eu.crm.example/", title: "Madame-Durand", incognito: true },
    { app: "browser" },
  ],
  ["afkstatus", { status: "not-afk", note: "Madame-Durand" }, { status: "not-afk" }],
  ["afkstatus", { status: "Madame-Durand" }, {}],
  ["os.hid.input", { presses: 4711, clicks: 4711, deltaX: 4711, keys: "Madame-Durand" }, {}],
  ["app.editor.activity", { file: "contract-2026.odt", project: "apollo-project" }, {}],
  ["my.own.type", { status: "afk", app: "Zorglub.exe", anything: "whatever-else" }, {}],
];

/** Sends all of it in every way there is, and gives all that was answered. */
async function tellSecrets(gateway: OpenGateway): Promise<string> {
  const answers: unknown[] = [];
  const call: OpenGateway["call"] = async (path, options) => {
    const { body, headers, status } = await gateway.call(path, options);
    answers.push(body, [...headers]);
    return { body, headers, status };
  };
  for (const [index, [type, data, kept]] of watchers.entries()) {
    const path = await makeBucket(gateway, type, `w${index}`);
    await call(path, { body: { type, client: "c", hostname: "h", data: { x: "Madame-Durand" } } });
    const event = { timestamp: at(index), duration: 1, data };
    const beat = await call(`${path}/heartbeat?pulsetime=2`, { body: event });
    expect(beat.body, type).toMatchObject({ data: kept });
    await call(`${path}/events`, { body: [{ ...event, timestamp: at(index + 60) }] });
    const exported = { id: `w${index}`, type, client: "c", hostname: "h", data, events: [event] };
    await call("/api/0/import", {
      body: { buckets: { x: exported, y: { ...exported, id: `i${index}` } } },
    });
    await call(`${path}/heartbeat?pulsetime=Madame-Durand`, { body: event });
    await call(`${path}/heartbeat?pulsetime=1`, { body: { ...event, duration: "Madame-Durand" } });
    const text = JSON.stringify("Madame-Durand");
    for (const query of [
      `RETURN = query_bucket("w${index}");`,
      `RETURN = merge_events_by_keys(query_bucket("i${index}"), ["app", "title", "url"]);`,
      `RETURN = query_bucket(${text});`,
      `RETURN = find_bucket(${text});`,
      `RETURN = flood(${text});`,
      `RETURN = ${text} ${text};`,
      `RETURN = § ${text};`,
    ])
      await call("/api/0/query", {
        body: { timeperiods: [`${at(-60)}/${at(600)}`], query: [query] },
      });
    for (const read of ["", "/events", "/events/1", "/export", "/events/count"])
      await call(path + read);
  }
  for (const read of ["info", "buckets", "export", "settings"]) await call(`/api/0/${read}`);
  return JSON.stringify(answers);
}

test("titles, addresses, application names, files and counts are in no answer, on no disk, in no message", async () => {
  const gateway = await openGateway();
  const answers = await tellSecrets(gateway);
  gateway.clock.advance(20_000);
  const afterWrite = readFolder(gateway.folder);
  await gateway.stop();
  const afterStop = readFolder(gateway.folder);
  const told = JSON.stringify(gateway.told.filter(([what]) => what !== "input"));
  for (const secret of secrets)
    for (const [where, text] of Object.entries({ answers, afterWrite, afterStop, told }))
      expect(text.toLowerCase(), `${secret} in ${where}`).not.toContain(secret.toLowerCase());
  // The search would find them: what may be kept is there.
  for (const text of [answers, afterWrite, afterStop]) expect(text).toContain("crm");
});

test("with a key, nothing at all can be read from the disk without it", async () => {
  const encryptionKey = Buffer.alloc(32, 7);
  const gateway = await openGateway({ encryptionKey });
  const path = await makeBucket(gateway, "currentwindow", "aw-watcher-window_desk-7");
  const body = { timestamp: at(0), data: { app: "our-crm", title: "Madame-Durand" } };
  await gateway.call(`${path}/heartbeat?pulsetime=1`, { body });
  await gateway.stop();
  const bytes = readFolder(gateway.folder);
  expect(bytes.length).toBeGreaterThan(100);
  for (const text of ["crm", "aw-watcher", "desk-7", "Durand", "events"])
    expect(bytes).not.toContain(text);
  const again = await openGateway({ encryptionKey, folder: gateway.folder });
  expect((await again.call(`${path}/events`)).body).toMatchObject([{ data: { app: "crm" } }]);
});

test("two titles of one application are two events, although both are kept as the same", async () => {
  const gateway = await openGateway();
  const path = await makeBucket(gateway, "currentwindow");
  for (const [second, title] of ["a", "a", "b", "a"].entries())
    await gateway.call(`${path}/heartbeat?pulsetime=2`, {
      body: { timestamp: at(second), data: { app: "our-crm", title } },
    });
  const { body } = await gateway.call(`${path}/events`);
  expect(body).toMatchObject([
    { id: 3, duration: 0 },
    { id: 2, duration: 0 },
    { id: 1, duration: 1 },
  ]);
});
