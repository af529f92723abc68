import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openOutbox } from "#agent/outbox";
import { readDocument, writeDocument } from "#agent/private-document";
import { forgetProfile, isShared, makeProfile, unlockProfile } from "#agent/session/profiles";
import { bytesBelow } from "#test/support/bytes-below";
import { makeContext, makeSpan } from "../factories.ts";
import { makeFolder } from "../folder.ts";

test("a shared machine has a folder for each person, opened by their own name and passphrase only", () => {
  const home = makeFolder();
  expect(isShared(home)).toBe(false);
  const anne = makeProfile(home, "anne", "correct horse");
  const bruno = makeProfile(home, "bruno", "battery staple");
  expect(isShared(home)).toBe(true);
  expect(anne.folder).not.toBe(bruno.folder);
  expect(anne.key.equals(bruno.key)).toBe(false);
  expect(unlockProfile(home, " Anne ", "correct horse")).toEqual(anne);
  expect(() => unlockProfile(home, "anne", "battery staple")).toThrow("do not belong together");
  expect(() => unlockProfile(home, "carla", "correct horse")).toThrow("do not belong together");
  expect(() => makeProfile(home, "anne", "something else")).toThrow("do not belong together");
  expect(() => makeProfile(home, "dora", "short")).toThrow("at least 8 characters");
});

test("the next person at the machine finds no name, passphrase, label or key to read", async () => {
  const home = makeFolder();
  const { folder, key } = makeProfile(home, "Kestrelia", "correct horse");
  const outbox = openOutbox(folder, { encryptionKey: key });
  outbox.adoptEpoch(1);
  outbox.add({ spans: [makeSpan({ label: "Merlinqueue" })] });
  outbox.seal(makeContext());
  outbox.add({ spans: [makeSpan({ label: "Merlinqueue" })] });
  writeDocument(join(folder, "choices.json"), { declined: ["Secretchoice"] }, key);
  await outbox.close();
  const bytes = bytesBelow(home);
  for (const secret of ["Kestrelia", "kestrelia", "Merlinqueue", "Secretchoice", "correct horse"])
    expect(bytes.includes(secret), secret).toBe(false);
  expect(bytes.includes(key)).toBe(false);
  const again = openOutbox(folder, { encryptionKey: key });
  expect(again.counts().sealedEvents).toBe(1);
  await again.close();
});

test("a document altered on disk, or read with another key, is refused and not half read", () => {
  const home = makeFolder();
  const [first, second] = [
    makeProfile(home, "anne", "correct horse"),
    makeProfile(home, "bruno", "battery staple"),
  ];
  const path = join(first.folder, "document.json");
  const schema = z.strictObject({ value: z.string() });
  writeDocument(path, { value: "x" }, first.key);
  expect(readDocument(path, schema, first.key)).toEqual({ value: "x" });
  expect(() => readDocument(path, schema, second.key)).toThrow();
  expect(readDocument(join(home, "none.json"), schema, first.key)).toBe(null);
});

test("an enrolment that did not come about leaves no name taken, and the machine as it was", () => {
  const home = makeFolder();
  forgetProfile(home, makeProfile(home, "anne", "correct horse"));
  expect(isShared(home)).toBe(false);
  const bruno = makeProfile(home, "bruno", "battery staple");
  forgetProfile(home, makeProfile(home, "anne", "correct horse"));
  expect(isShared(home)).toBe(true);
  expect(makeProfile(home, "anne", "another phrase").folder).not.toBe(bruno.folder);
});

test("a lost passphrase gives up what it locked: that is set aside, still locked, and the name is free", () => {
  const home = makeFolder();
  const first = makeProfile(home, "anne", "correct horse");
  const second = makeProfile(home, "anne", "another phrase", { now: 0 });
  expect(second.folder).toBe(first.folder);
  expect(second.key.equals(first.key)).toBe(false);
  expect(() => unlockProfile(home, "anne", "correct horse")).toThrow("do not belong together");
  expect(readdirSync(join(home, "people"))).toHaveLength(2);
});
