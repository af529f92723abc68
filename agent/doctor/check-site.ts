import { z } from "zod";
import { type Check, fails, warns, works } from "./check.ts";

const TIMEOUT_MS = 5000;
/** The header has whole seconds, and the answer takes a moment. */
const CLOCK_FINE_MS = 10_000;
/** The site refuses what lies five minutes ahead of it; the agent sends nothing four minutes ahead. */
const CLOCK_WRONG_MS = 240_000;

const site = { id: "site", name: "Site" };
const clock = { id: "clock", name: "Clock" };

/** Asks the site whether it is there, and what time it has. @param server its origin */
export async function checkSite(
  server: string,
  { fetch, now }: { fetch: typeof globalThis.fetch; now: () => number },
): Promise<Check[]> {
  const begun = now();
  try {
    const response = await fetch(`${server}/healthz`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "manual",
    });
    await response.body?.cancel();
    if (!response.ok)
      return [fails(site, `${server} answers ${response.status}`, "Tell your site's operator.")];
    const middle = (begun + now()) / 2;
    return [works(site, `${server} answers`), ...checkClock(response.headers.get("date"), middle)];
  } catch (error) {
    return [explain(server, error)];
  }
}

/** How far this machine's clock is from the site's. @param now epoch ms when the site wrote its date */
export function checkClock(date: string | null, now: number): Check[] {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) return [];
  const ahead = now - told;
  const size = Math.abs(ahead);
  if (size <= CLOCK_FINE_MS) return [works(clock, "as the site's")];
  const seconds = Math.round(size / 1000);
  const length = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const differs = `${length} ${ahead > 0 ? "ahead of" : "behind"} the site's`;
  const todo = "Set the clock of this machine by the network.";
  return [size < CLOCK_WRONG_MS ? warns(clock, differs, todo) : fails(clock, differs, todo)];
}

const coded = z.object({ code: z.string() });

const reasons: Readonly<Record<string, readonly [string, string]>> = {
  ENOTFOUND: ["its name is known to no name server", "Check the network, and the address."],
  EAI_AGAIN: ["no name server answers", "Check the network."],
  ECONNREFUSED: ["nothing listens there", "Ask whether the site runs."],
  ECONNRESET: ["the connection was cut", "Ask whether something stands in between."],
  ETIMEDOUT: ["no answer", "Check the network."],
  UND_ERR_CONNECT_TIMEOUT: ["no answer", "Check the network."],
  ENETUNREACH: ["no way leads there", "Check the network."],
  EHOSTUNREACH: ["no way leads there", "Check the network."],
  CERT_HAS_EXPIRED: ["its certificate has expired", "Tell your site's operator."],
  CERT_NOT_YET_VALID: ["its certificate is not valid yet", "Is the clock of this machine right?"],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "its certificate is for another name",
    "Check the address the workstation was enrolled with.",
  ],
};

const unknownSigner = [
  "its certificate is signed by nobody this program knows",
  "If your site has a certificate authority of its own: NODE_EXTRA_CA_CERTS=<its file>, then etabli install again.",
] as const;

const unknownSignerCodes = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function explain(server: string, error: unknown): Check {
  const code = codeOf(error);
  if (code === null && error instanceof Error && error.name === "TimeoutError")
    return fails(site, `${server}: no answer within 5 s`, "Check the network.");
  const [why, todo] =
    (code !== null && (unknownSignerCodes.has(code) ? unknownSigner : reasons[code])) ||
    ([
      `it cannot be reached (${code ?? "unknown"})`,
      "Check the network, and the address.",
    ] as const);
  return fails(site, `${server}: ${why}`, todo);
}

/** What Node calls the failure; `fetch` wraps it. */
function codeOf(error: unknown): string | null {
  const causes = error instanceof Error ? [error.cause, error] : [];
  for (const cause of causes) {
    const parsed = coded.safeParse(cause);
    if (parsed.success) return parsed.data.code;
  }
  return null;
}
