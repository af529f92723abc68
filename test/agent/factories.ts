import type { Identity } from "#agent/identity";
import { makeKeyPair } from "#agent/identity";
import type { Mark, Span } from "#schema/activity";
import type { Batch } from "#schema/batch";
import { SITE, WORKSTATION } from "./site-double.ts";

export function makeSpan(fields: Partial<Span> = {}): Span {
  return {
    kind: "contact",
    start: "2026-11-25T09:30:00.000+01:00",
    end: "2026-11-25T09:34:00.000+01:00",
    source: "declared",
    ...fields,
  };
}

export function makeMark(fields: Partial<Mark> = {}): Mark {
  return { kind: "interrupt", at: "2026-11-25T09:31:00.000+01:00", ...fields };
}

export function makeBatch(fields: Partial<Batch> = {}): Batch {
  return {
    workstation: WORKSTATION,
    epoch: 1,
    seq: 1,
    charter: "c".repeat(64),
    sealedAt: "2026-11-25T09:34:00.000+01:00",
    spans: [makeSpan()],
    marks: [],
    tallies: [],
    ...fields,
  };
}

export function makeContext(epoch = 1) {
  return {
    workstation: WORKSTATION,
    epoch,
    charter: "c".repeat(64),
    sealedAt: "2026-11-25T09:34:00.000+01:00",
  };
}

export function makeIdentity(server: string): { identity: Identity; publicKey: string } {
  const { privateKey, publicKey } = makeKeyPair();
  return {
    identity: {
      server,
      site: SITE,
      mode: "real",
      workstation: WORKSTATION,
      zone: "Europe/Paris",
      privateKey,
    },
    publicKey,
  };
}
