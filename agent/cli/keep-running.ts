import { systemClock } from "../clock.ts";
import { findDeskPage } from "../desk/find-page.ts";
import { lockAgentFolder } from "../folder-lock.ts";
import { readIdentity } from "../identity.ts";
import { placeDeskPage, removeOtherBuilds } from "../package/place-files.ts";
import { isSingleFile } from "../package/single-file.ts";
import { finishReplacement, isReplacing } from "../replace-identity.ts";
import { runAgent } from "../run.ts";
import { readDesktop } from "../sensors/desktop.ts";
import { isShared } from "../session/profiles.ts";
import { notEnrolled } from "./ask-agent.ts";
import type { RunSettings } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** Runs the agent until it is interrupted. */
export async function keepRunning(
  terminal: Terminal,
  folder: string,
  settings: RunSettings,
): Promise<number> {
  if (isReplacing(folder)) {
    const unlock = lockAgentFolder(folder);
    finishReplacement(folder, systemClock.now());
    unlock();
  }
  const identity = isShared(folder) ? null : readIdentity(folder);
  if (!identity && !isShared(folder)) throw new Error(notEnrolled);
  const say = stamped(terminal);
  const { sealEverySeconds, deskPort, gatewayPort } = settings;
  const agent = await runAgent({
    folder,
    identity,
    desktop: readDesktop(terminal.env, terminal.platform),
    sealEverySeconds,
    deskPort,
    gatewayPort,
    page: isSingleFile() ? placeDeskPage() : findDeskPage(),
    clock: systemClock,
    random: Math.random,
    say,
  });
  if (isSingleFile()) removeOtherBuilds();
  say(identity ? `running for ${identity.server}` : "running; nobody is signed in");
  await terminal.interrupted;
  await agent.stop();
  say("stopped");
  return 0;
}

/** Each line with its time, unless the system's journal writes one anyway. */
function stamped({ say, env, now }: Terminal): (line: string) => void {
  if (env.JOURNAL_STREAM) return say;
  return (line) => say(`${new Date(now()).toISOString()} ${line}`);
}
