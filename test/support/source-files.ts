import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folders the program is made of. */
export const layers = ["schema", "server", "agent", "dashboard", "test"] as const;
export type Layer = (typeof layers)[number];

/** A source file of ours: where it is, what it says, and which files of ours it imports. */
export interface SourceFile {
  path: string;
  layer: Layer;
  text: string;
  /** Paths of ours, as `schema/time.ts`. */
  imports: string[];
  /** Those of them that are there when the program runs; the others are types alone. */
  runsWith: string[];
  /** Names of packages and of parts of Node. */
  packages: string[];
}

const importing =
  /(?:^|[\s;}])(?:import|export)\s(type\s)?[^"';]*?from\s*["']([^"']+)["']|(?:^|[\s;}])import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

/** Every TypeScript file of ours, read once. */
export function readSourceFiles(): SourceFile[] {
  return layers.flatMap((layer) =>
    listFiles(layer, /\.tsx?$/).map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const named = [...withoutComments(text).matchAll(importing)].map(
        ([, type, from, bare, dynamic]) => ({
          name: from ?? bare ?? dynamic ?? "",
          runs: type === undefined,
        }),
      );
      const ours = named
        .map(({ name, runs }) => ({ path: resolveImport(path, name), runs }))
        .filter((found) => layerOf(found.path) !== undefined);
      return {
        path,
        layer,
        text,
        imports: ours.map((found) => found.path),
        runsWith: ours.filter(({ runs }) => runs).map((found) => found.path),
        packages: named.map(({ name }) => name).filter((name) => !/^[.#]/.test(name)),
      };
    }),
  );
}

/** Files under a folder whose name fits, as paths from the root. */
export function listFiles(folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !path.includes("node_modules"));
}

export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function layerOf(path: string): Layer | undefined {
  return layers.find((layer) => path.startsWith(`${layer}/`));
}

/** The same text with comments blanked out. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`\\])\/\/.*$/gm, "$1");
}

function resolveImport(from: string, name: string): string {
  if (name.startsWith("#")) return /\.\w+$/.test(name) ? name.slice(1) : `${name.slice(1)}.ts`;
  if (name.startsWith(".")) return normalize(join(dirname(from), name));
  return name;
}
