import { homedir, userInfo } from "node:os";
import type { Program } from "./program.ts";

/** Everything the set-up of a service depends on. */
export interface Place {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Of this person in the system; -1 on Windows. */
  uid: number;
  user: string;
  program: Program;
  /** With which words the agent is started. */
  run: readonly string[];
  /** What the agent must find in its environment. */
  variables: readonly (readonly [string, string])[];
}

/** Where Node finds a site's own certificate authority; the session's start does not read a shell's settings. */
const kept = ["NODE_EXTRA_CA_CERTS"];

/** The person this process belongs to. */
export function readPlace(given: Pick<Place, "platform" | "env" | "program" | "run">): Place {
  const { uid, username } = userInfo();
  const variables = kept.flatMap((name): [string, string][] => {
    const value = given.env[name];
    return value ? [[name, value]] : [];
  });
  const { platform, env, program, run } = given;
  return { platform, env, program, run, home: homedir(), uid, user: username, variables };
}
