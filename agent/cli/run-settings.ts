import { resolve } from "node:path";
import { z } from "zod";
import type { RunSettings } from "./command.ts";
import type { Given } from "./options.ts";
import { UsageError } from "./usage-error.ts";

const USUAL_SEAL_SECONDS = 15;

const sealEvery = z.coerce.number().min(0.1).max(3600);

/** How the agent shall run, by options and environment. @throws UsageError */
export function readRunSettings(
  given: Given,
  env: Readonly<Record<string, string | undefined>>,
): RunSettings {
  const seconds = sealEvery.safeParse(given["seal-every"] ?? USUAL_SEAL_SECONDS);
  if (!seconds.success) throw new UsageError("--seal-every takes seconds, 0.1 to 3600.");
  const desk = choose("--desk-port", given["desk-port"], "ETABLI_DESK_PORT", env);
  const gateway = choose("--gateway-port", given["gateway-port"], "ETABLI_GATEWAY_PORT", env);
  return {
    ...(given.folder !== undefined && { folder: resolve(given.folder) }),
    sealEverySeconds: seconds.data,
    deskPort: desk && readPort(desk),
    gatewayPort: gateway?.text === "off" ? "off" : gateway && readPort(gateway),
  };
}

interface Chosen {
  text: string;
  /** Where it was said. */
  source: string;
}

function choose(
  option: string,
  given: string | undefined,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): Chosen | null {
  if (given !== undefined) return { text: given, source: option };
  const told = env[variable];
  return told ? { text: told, source: variable } : null;
}

function readPort({ text, source }: Chosen): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  const off = source.toUpperCase().includes("GATEWAY") ? ', or "off"' : "";
  throw new UsageError(`${source} takes a port, 0 to 65535${off}; 0 is any that is free.`);
}

/** The words after the program's name with which it runs like this, whatever its environment then is. */
export function writeRunWords(settings: RunSettings): readonly string[] {
  const { folder, sealEverySeconds, deskPort, gatewayPort } = settings;
  return [
    "run",
    ...(folder === undefined ? [] : ["--folder", folder]),
    ...(sealEverySeconds === USUAL_SEAL_SECONDS ? [] : ["--seal-every", `${sealEverySeconds}`]),
    ...(deskPort === null ? [] : ["--desk-port", `${deskPort}`]),
    ...(gatewayPort === null ? [] : ["--gateway-port", `${gatewayPort}`]),
  ];
}
