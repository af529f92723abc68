import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeCategorise, RulesError, readRules } from "#agent/sensors/application-rules";
import { defaultRules } from "#agent/sensors/default-rules";
import { defaultCharter } from "#schema/charter-default";
import { makeFolder } from "./folder.ts";

test("common applications have a category of the default charter; an unknown one is other", () => {
  const categorise = makeCategorise(defaultRules);
  expect(
    ["firefox", "Google-chrome", "Thunderbird", "libreoffice-calc", "Slack"].map(categorise),
  ).toEqual(["browser", "browser", "mail", "office", "chat"]);
  expect(categorise("Zorglub")).toBe("other");
  expect(categorise("")).toBe("other");
  for (const { category } of defaultRules)
    expect(defaultCharter.applicationCategories).toContain(category);
});

test("a person's own rules come before the default ones; signs in names are only signs", () => {
  const file = join(makeFolder(), "application-rules.json");
  writeFileSync(
    file,
    JSON.stringify([{ category: "crm", applications: ["firefox", "crm.(v2)*"] }]),
  );
  const categorise = makeCategorise(readRules(file));
  expect(categorise("Firefox")).toBe("crm");
  expect(categorise("crm.(v2) beta")).toBe("crm");
  expect(categorise("crmx(v2)")).toBe("other");
  expect(categorise("thunderbird")).toBe("mail");
});

test("without a file the default rules count; a file that is wrong says where", () => {
  const folder = makeFolder();
  expect(readRules(join(folder, "none.json"))).toEqual(defaultRules);
  const file = join(folder, "application-rules.json");
  writeFileSync(file, "{");
  expect(() => readRules(file)).toThrow(RulesError);
  writeFileSync(file, JSON.stringify([{ category: "CRM!", applications: ["x"] }]));
  expect(() => readRules(file)).toThrow("category");
  writeFileSync(file, JSON.stringify([{ category: "crm", applications: ["x"], title: "y" }]));
  expect(() => readRules(file)).toThrow("title");
});
