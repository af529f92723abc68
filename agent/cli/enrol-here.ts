import { enrol } from "../enrol.ts";
import { lockAgentFolder } from "../folder-lock.ts";
import { readIdentity } from "../identity.ts";
import {
  forgetProfile,
  isShared,
  makeProfile,
  type Profile,
  SignInError,
} from "../session/profiles.ts";
import type { EnrolSettings } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** Makes this workstation known to its site: for one person, or for one of several who take turns at it. */
export async function enrolHere(
  terminal: Terminal,
  home: string,
  settings: EnrolSettings,
): Promise<number> {
  const { signInName, ...request } = settings;
  if (signInName === undefined) {
    if (isShared(home))
      throw new Error(
        "Several people take turns at this workstation. Add: --shared --name <the name to sign in with>",
      );
    const server = await enrolIn({ folder: home }, request, terminal);
    terminal.print(`Enrolled at ${server}. Start recording with: etabli run\n`);
    return 0;
  }
  if (readIdentity(home))
    throw new Error(
      "This workstation is enrolled for one person already. To share it, give it another folder: ETABLI_AGENT_HOME",
    );
  const passphrase = await askTwice(terminal);
  const profile = openProfile(home, signInName, passphrase, settings.replace ? terminal : null);
  const server = await enrolIn(profile, request, terminal).catch((error: unknown) => {
    // Nobody's name stays taken by an enrolment that did not come about.
    if (!readIdentity(profile.folder, profile.key)) forgetProfile(home, profile);
    throw error;
  });
  terminal.print(
    `Enrolled at ${server}. With the agent running, sign in with: etabli signin ${signInName}\n`,
  );
  return 0;
}

/** The person's folder; with `--replace` also when its passphrase is lost: what is in it then stays set aside. */
function openProfile(
  home: string,
  name: string,
  passphrase: string,
  replacing: Terminal | null,
): Profile {
  try {
    return makeProfile(home, name, passphrase);
  } catch (error) {
    if (!replacing || !(error instanceof SignInError) || !isShared(home)) throw error;
    return makeProfile(home, name, passphrase, { now: replacing.now() });
  }
}

async function enrolIn(
  place: { folder: string; key?: Buffer },
  request: Omit<EnrolSettings, "signInName">,
  { say, now }: Terminal,
): Promise<string> {
  const unlock = lockAgentFolder(place.folder);
  const { identity } = await enrol({ ...request, ...place, say, now }).finally(unlock);
  return identity.server;
}

async function askTwice({ askSecret }: Terminal): Promise<string> {
  const passphrase = await askSecret("A passphrase for this machine (8 characters or more): ");
  if (passphrase !== (await askSecret("Once more: ")))
    throw new Error("The two are not the same. Nothing was done; try again.");
  return passphrase;
}
