import { existsSync } from "node:fs";
import { join } from "node:path";

/** Node's ABI of the version the single file is made with. */
const NODE_ABI = "abi115";

/** For which systems a single file can be made. */
export const platforms = [
  "linux-x64",
  "linux-arm64",
  "win32-x64",
  "darwin-x64",
  "darwin-arm64",
] as const;
export type Platform = (typeof platforms)[number];

/** A native part: under which name it goes into the single file, and where it lies below node_modules. */
interface Native {
  name: string;
  paths: readonly string[];
}

/** What a platform needs: its store and lock, and where no plain JavaScript does it, what senses and counts. */
function nativesOf(platform: Platform): readonly Native[] {
  const [system = ""] = platform.split("-");
  const libc = system === "linux" ? ".glibc" : "";
  const lmdb = ["napi", NODE_ABI].map((abi) => `@lmdb/lmdb-${platform}/node.${abi}${libc}.node`);
  const natives: Native[] = [
    { name: "lmdb.node", paths: lmdb.reverse() },
    {
      name: "fs-native-extensions.node",
      paths: [`fs-native-extensions/prebuilds/${platform}/fs-native-extensions.node`],
    },
  ];
  if (system === "linux") return natives;
  natives.push({
    name: "uiohook.node",
    paths: [`uiohook-napi/prebuilds/${platform}/uiohook-napi.node`],
  });
  if (system === "win32")
    natives.push({
      name: "koffi.node",
      paths: [`@koromix/koffi-${platform}/${platform.replace("-", "_")}/koffi.node`],
    });
  return natives;
}

/**
 * Finds the native parts of a platform.
 * @param places folders like node_modules, the first that has one counts
 * @throws when one is nowhere
 */
export function findNatives(
  platform: Platform,
  places: readonly string[],
): readonly { name: string; path: string }[] {
  return nativesOf(platform).map(({ name, paths }) => {
    const candidates = paths.flatMap((path) => places.map((place) => join(place, path)));
    const path = candidates.find((candidate) => existsSync(candidate));
    if (path === undefined)
      throw new Error(`${name} for ${platform} is in none of: ${candidates.join(", ")}`);
    return { name, path };
  });
}
