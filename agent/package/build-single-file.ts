// Makes the agent one file to copy to a workstation: Node, the program, its native parts and the desk page.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { inject } from "postject";
import { z } from "zod";
import { bundleAgent } from "./bundle.ts";
import { CONTENTS_FILE, type Contents } from "./contents.ts";
import { findNatives, platforms } from "./natives.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = join(root, "dist", "desk");

/** Where Node looks for what was put into it, and the mark it has set when something was. */
const BLOB_NAME = "NODE_SEA_BLOB";
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

const options = {
  platform: { type: "string" },
  /** Node for that platform, of the version this runs on. */
  node: { type: "string" },
  /** A folder like node_modules with that platform's packages. */
  packages: { type: "string" },
  /** Into which folder; dist/single otherwise. */
  out: { type: "string" },
} as const;

const here = `${process.platform}-${process.arch}`;
const { values } = parseArgs({ options });
const out = resolve(values.out ?? join(root, "dist", "single"));
const work = join(out, "parts");
const platform = z.enum(platforms).parse(values.platform ?? here);
const isHere = platform === here;
const node = values.node ?? (isHere ? process.execPath : undefined);
if (node === undefined) throw new Error(`Give Node for ${platform}: --node <file>`);
if (!existsSync(join(page, "index.html"))) throw new Error("First: npm run build");

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const places = [
  ...(values.packages === undefined ? [] : [values.packages]),
  join(root, "node_modules"),
];
const natives = findNatives(platform, places);
const script = join(work, "etabli.cjs");
await bundleAgent(
  script,
  natives.map(({ name }) => name),
);

const assets = collectAssets(natives);
const blob = join(work, "etabli.blob");
const config = join(work, "sea-config.json");
writeFileSync(
  config,
  JSON.stringify({
    main: script,
    output: blob,
    disableExperimentalSEAWarning: true,
    // The cache is code of this machine's kind.
    useCodeCache: isHere,
    assets,
  }),
);
execFileSync(process.execPath, ["--experimental-sea-config", config], { stdio: "pipe" });

const target = join(out, platform.startsWith("win32") ? "etabli.exe" : "etabli");
rmSync(target, { force: true });
copyFileSync(node, target);
chmodSync(target, 0o755);
await inject(target, BLOB_NAME, readFileSync(blob), {
  sentinelFuse: FUSE,
  ...(platform.startsWith("darwin") && { machoSegmentName: "NODE_SEA" }),
});
rmSync(work, { recursive: true });
process.stdout.write(`${target}, ${Math.round(statSync(target).size / 1_000_000)} MB\n`);

/** All that goes inside besides the program, with a list of it. */
function collectAssets(found: readonly { name: string; path: string }[]): Record<string, string> {
  const pages = readdirSync(page, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: `desk/${path.slice(page.length + 1).replaceAll("\\", "/")}`, path }));
  const files = [...found, ...pages].sort((a, b) => (a.name < b.name ? -1 : 1));
  const hash = createHash("sha256");
  for (const { name, path } of files) hash.update(`${name}\n`).update(readFileSync(path));
  const list: Contents = {
    build: hash.digest("hex").slice(0, 16),
    files: files.map(({ name }) => name),
  };
  const contents = join(work, CONTENTS_FILE);
  writeFileSync(contents, JSON.stringify(list));
  return {
    ...Object.fromEntries(files.map(({ name, path }) => [name, path])),
    [CONTENTS_FILE]: contents,
  };
}
