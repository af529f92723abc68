import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  listCategories,
  makeCategorise,
  makeCategoriseSite,
  RulesError,
  readRules,
} from "#agent/sensors/application-rules";
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

test("a site has a category by its host alone; what no rule names has none", () => {
  const file = join(makeFolder(), "application-rules.json");
  writeFileSync(
    file,
    JSON.stringify([
      { category: "crm", sites: ["crm.example.com", "*.Kunden.example"] },
      { category: "billing", applications: ["factures"], sites: ["*.café.example", "10.0.0.7"] },
    ]),
  );
  const categorise = makeCategoriseSite(readRules(file));
  expect(categorise("https://crm.example.com/people/42?q=secret#top")).toBe("crm");
  expect(categorise("http://CRM.example.com.:8080/")).toBe("crm");
  expect(categorise("https://kunden.example/")).toBe("crm");
  expect(categorise("https://a.b.kunden.example/")).toBe("crm");
  expect(categorise("https://www.xn--caf-dma.example/")).toBe("billing");
  expect(categorise("https://10.0.0.7/invoice")).toBe("billing");
  expect(categorise("https://acme.zendesk.com/tickets/1")).toBe("ticketing");
  for (const other of [
    "https://other.example/crm.example.com",
    "https://crm.example.com.evil.example/",
    "https://crm.example.com@evil.example/",
    "https://notkunden.example/",
    "about:blank",
    "file:///home/me/crm.example.com",
    "moz-extension://crm.example.com/",
    "crm.example.com",
    "",
  ])
    expect(categorise(other), other).toBeNull();
});

test("a rule for sites alone names no application, and a rule for neither is refused", () => {
  const file = join(makeFolder(), "application-rules.json");
  writeFileSync(file, JSON.stringify([{ category: "crm", sites: ["crm.example.com"] }]));
  expect(makeCategorise(readRules(file))("")).toBe("other");
  expect(makeCategorise(readRules(file))("crm.example.com")).toBe("other");
  expect(listCategories(readRules(file))).toContain("crm");
  writeFileSync(file, JSON.stringify([{ category: "crm" }]));
  expect(() => readRules(file)).toThrow("applications or sites");
  for (const wrong of ["https://crm.example.com", "crm.example.com/a", "*", "a.*.com", "a b", ""]) {
    writeFileSync(file, JSON.stringify([{ category: "crm", sites: [wrong] }]));
    expect(() => readRules(file), wrong).toThrow("a host like");
  }
});

test("sites of the default rules have categories of the default charter", () => {
  const categorise = makeCategoriseSite(defaultRules);
  expect(categorise("https://mail.google.com/mail/u/0/#inbox")).toBe("mail");
  expect(categorise("https://acme.my.salesforce.com/")).toBe("crm");
  for (const { sites = [] } of defaultRules)
    for (const site of sites)
      expect(categorise(`https://${site.replace("*.", "x.")}/`)).not.toBeNull();
});
