import { endpoints } from "#schema/endpoints";
import type { CharterInForce } from "#schema/live";
import { isLoopback } from "#schema/loopback";
import { problem } from "#schema/problem";
import { isCharterIntact } from "./charter-guard.ts";
import { type Identity, identityFile, makeKeyPair, readIdentity } from "./identity.ts";
import { openOutbox } from "./outbox.ts";
import { writeDocument } from "./private-document.ts";
import { describeUnsent, finishReplacement, replaceIdentity } from "./replace-identity.ts";

/** Enrolling did not work; the message says why and what to do. */
class EnrolError extends Error {
  override name = "EnrolError";
}

export interface EnrolRequest {
  /** Address of the site, `https://etabli.example.org`. */
  server: string;
  /** A one-time code, or an enrolment token together with `person`. */
  code: string;
  person?: string;
  /** The agent's folder; it becomes readable by its owner only. */
  folder: string;
  /** Enrol anew although this folder has an identity; what waits for the old one is kept aside. */
  replace?: boolean;
  /** On a shared workstation: what this person's files are encrypted with. */
  key?: Buffer;
  /** Told what is set aside, before it is. */
  say?: (line: string) => void;
  fetch?: typeof fetch;
  now?: () => number;
}

export interface Enrolment {
  identity: Identity;
  /** The numbering the site granted; already adopted by the outbox of the folder. */
  epoch: number;
  charter: CharterInForce;
}

/**
 * Enrols this folder as a workstation: makes a key pair here, gives the site the public half, and keeps identity,
 * epoch and charter. The caller holds the folder's lock. @throws EnrolError
 */
export async function enrol(request: EnrolRequest): Promise<Enrolment> {
  const { folder, replace, key } = request;
  const server = siteAddress(request.server);
  const now = (request.now ?? Date.now)();
  finishReplacement(folder, now);
  if (!replace && readIdentity(folder, key))
    throw new EnrolError("This workstation is already enrolled. To enrol it anew, add --replace.");
  // Before the code is used up: an outbox that cannot be opened now stops everything here.
  const unsent = replace ? await describeUnsent(folder, now, key) : null;
  const { privateKey, publicKey } = makeKeyPair();
  const granted = await askSite(request, server, publicKey);
  const { site, workstation, zone, mode, epoch, charter } = granted;
  const identity: Identity = { server, site, mode, workstation, zone, privateKey };
  if (unsent !== null) request.say?.(unsent);
  if (replace) replaceIdentity(folder, identity, now, key);
  const outbox = openOutbox(folder, key && { encryptionKey: key });
  outbox.adoptEpoch(epoch);
  outbox.adoptCharter(charter);
  await outbox.close();
  if (!replace) writeDocument(identityFile(folder), identity, key);
  return { identity, epoch, charter };
}

/** Origin of the site. Activity and keys never travel in the clear, except inside one machine. */
export function siteAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw new EnrolError(`"${text}" is not an address. Give one like https://etabli.example.org`);
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    throw new EnrolError("Use the https address of the site: http would send activity readably.");
  return url.origin;
}

async function askSite(request: EnrolRequest, server: string, publicKey: string) {
  const { method, path, input, output } = endpoints.enrol;
  const { code, person } = request;
  const body = input.safeParse({ code, publicKey, ...(person !== undefined && { person }) });
  if (!body.success) throw new EnrolError("That is not a code of ours. Ask for a new one.");
  let response: Response;
  try {
    response = await (request.fetch ?? fetch)(`${server}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body.data),
      signal: AbortSignal.timeout(30_000),
    });
  } catch (cause) {
    throw new EnrolError(`No answer from ${server}. Check the address and try again.`, { cause });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const refused = problem.safeParse(answer);
    const status = `${server} answered ${response.status}. Check that it is the address of the site.`;
    throw new EnrolError(refused.success ? refused.data.message : status);
  }
  const granted = output.safeParse(answer);
  if (!granted.success || !isCharterIntact(granted.data.charter))
    throw new EnrolError(
      `${server} answered something else than an enrolment. Check the address, or update the agent.`,
    );
  return granted.data;
}
