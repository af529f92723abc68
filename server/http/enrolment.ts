import { endpoints } from "#schema/endpoints";
import { Problem } from "#schema/problem";
import { formatInZone } from "#schema/time";
import type { CodeLimit } from "#server/access/attempts";
import {
  formatEnrolmentCode,
  newEnrolmentCode,
  parseEnrolmentCode,
} from "#server/access/enrolment-code";
import { issueEnrolmentToken } from "#server/access/enrolment-token";
import { hashToken } from "#server/access/token";
import {
  type EnrolmentOutcome,
  enrolWorkstation,
  insertEnrolmentCode,
} from "#server/database/enrolment";
import { addressOf } from "./address.ts";
import type { Bind } from "./bind.ts";
import type { HttpContext } from "./context.ts";

const CODE_GOOD_FOR_MS = 10 * 60_000;

/** How workstations get in: codes for one, tokens for the people of a list, and the enrolment itself. */
export function bindEnrolment(bind: Bind, context: HttpContext, limit: CodeLimit): void {
  const { store, clock, random, site } = context;

  bind(endpoints.createEnrolment, async ({ input }) => {
    const made = await createCode(context, "etabli_operator", input.person);
    return { ...made, expiresAt: formatInZone(made.expiresAt, site.zone) };
  });

  bind(endpoints.createEnrolmentToken, async ({ input }) => {
    const { token, expiresAt } = await issueEnrolmentToken(store, clock, random, {
      ...input,
      zone: site.zone,
    });
    return { token, expiresAt: formatInZone(expiresAt.getTime(), site.zone) };
  });

  bind(endpoints.enrol, async ({ input, http }) => {
    const { workstation, epoch, zone } = await limit(addressOf(http, context.proxies), async () => {
      const outcome = await enrolWorkstation(store, {
        codeHash: hashToken(readSecret(input.code, input.person)),
        person: input.person ?? null,
        publicKey: readPublicKey(input.publicKey),
        at: clock(),
      });
      if (outcome.outcome !== "enrolled") throw refuse(outcome.outcome);
      return outcome;
    });
    return {
      site: site.id,
      workstation,
      epoch,
      zone,
      mode: site.mode,
      charter: context.charterInForce(),
    };
  });
}

/** Makes a one-time code for one workstation of that person; `expiresAt` in epoch ms. */
export async function createCode(
  { store, clock, random }: HttpContext,
  by: "etabli_operator" | "etabli_subject",
  person: string,
): Promise<{ code: string; expiresAt: number }> {
  const code = newEnrolmentCode(random);
  const expiresAt = clock().getTime() + CODE_GOOD_FOR_MS;
  await insertEnrolmentCode(store, by, {
    codeHash: hashToken(code),
    person,
    expiresAt: new Date(expiresAt),
  });
  return { code: formatEnrolmentCode(code), expiresAt };
}

/** What was hashed when the code or token was made. A code knows its person, a token has to be told. */
function readSecret(text: string, person: string | undefined): string {
  const trimmed = text.trim();
  if (/^[A-Za-z0-9_-]{43}$/.test(trimmed)) {
    if (person !== undefined) return trimmed;
    throw refusal("person", "an enrolment token is for several people: name the one this is for");
  }
  const code = parseEnrolmentCode(trimmed);
  if (code === null) throw refusal("code", "not one of our codes or tokens");
  if (person === undefined) return code;
  throw refusal("person", "a one-time code already stands for a person: leave the name out");
}

function readPublicKey(text: string): Buffer {
  const key = Buffer.from(text, "base64url");
  if (key.toString("base64url") !== text) throw refusal("publicKey", "not an Ed25519 key");
  return key;
}

function refusal(path: string, reason: string): Problem {
  return new Problem("bad_input", `This cannot enrol a workstation: ${path}: ${reason}.`, {
    refusals: [{ path, reason }],
  });
}

function refuse(outcome: Exclude<EnrolmentOutcome["outcome"], "enrolled">): Problem {
  if (outcome === "unknown_person")
    return refusal("person", "this token was not made for a person of that name");
  if (outcome === "unknown_code")
    return new Problem("not_found", "There is no such code. Check it, or ask for a new one.");
  return new Problem(
    "expired",
    outcome === "used"
      ? "This code has been used. Ask for a new one."
      : "This code has run out. Ask for a new one.",
  );
}
