import { existsSync } from "node:fs";
import { join } from "node:path";
import { findDeskPage } from "../desk/find-page.ts";
import { isSingleFile } from "../package/single-file.ts";
import { AGENT_VERSION } from "../version.ts";
import { type Check, fails, reasonOf, works } from "./check.ts";

const OLDEST_NODE = [20, 19] as const;

/** This program, the Node it runs on, and the parts that are native code. */
export async function checkProgram(nodeVersion: string): Promise<Check[]> {
  return [checkNode(nodeVersion), await checkParts(), ...checkPage()];
}

/** @param version as `process.versions.node` */
export function checkNode(version: string): Check {
  const of = { id: "node", name: "Program" };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  const kind = isSingleFile() ? "the single file, with Node" : "on Node";
  const told = `etabli ${AGENT_VERSION}, ${kind} ${version}`;
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return works(of, told);
  return fails(of, told, `Use Node ${oldest}.${oldestMinor} or newer.`);
}

/** Loads what keeps events and what locks the folder; neither touches a file. */
async function checkParts(): Promise<Check> {
  const of = { id: "native-parts", name: "Native parts" };
  try {
    await Promise.all([import("lmdb"), import("fs-native-extensions")]);
    return works(of, "the store and the lock of the folder load");
  } catch (error) {
    return fails(of, reasonOf(error), "Install again: npm ci, or the single file for this system.");
  }
}

function checkPage(): Check[] {
  if (isSingleFile()) return [];
  const of = { id: "desk-page", name: "Desk page" };
  return [
    existsSync(join(findDeskPage(), "index.html"))
      ? works(of, "its files are here")
      : fails(of, "its files are missing", "In the checkout: npm run build"),
  ];
}
