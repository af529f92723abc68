import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LaunchOptions } from "@playwright/test";

/** As pinned in package.json: another version unpacks to another folder. */
const VERSION = "147.0.0";
const cache = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));
/** What the npm package holds, and beside it the same with the libraries (NSS) that a bare system lacks. */
const plain = join(cache, `chromium-${VERSION}`);
const withLibraries = join(cache, `chromium-${VERSION}-libraries`);

// Not the package's own: its single process dies with a second context, and it switches web security off.
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How to start the browser: `CHROME_PATH`, else the system's Chromium, else the one unpacked from npm. */
export function launchOptions(): LaunchOptions {
  const own = process.env.CHROME_PATH ?? findSystemBrowser();
  if (own !== undefined) return { executablePath: own, args };
  if (!existsSync(join(withLibraries, "chromium")))
    return { executablePath: join(plain, "chromium"), args };
  return {
    executablePath: join(withLibraries, "chromium"),
    args,
    env: { ...process.env, LD_LIBRARY_PATH: join(withLibraries, "al2023", "lib") },
  };
}

/**
 * Sees to it that the browser can be started, once before any test.
 * @throws Error that says what is missing
 */
export async function prepareBrowser(): Promise<void> {
  if (process.env.CHROME_PATH === undefined && findSystemBrowser() === undefined) {
    await unpack(plain);
    if (!(await starts({ executablePath: join(plain, "chromium") })))
      await unpack(withLibraries, { AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" });
  }
  const options = launchOptions();
  if (!(await starts(options)))
    throw new Error(
      `No browser for the browser tests: ${options.executablePath} does not start. Set CHROME_PATH to a Chromium.`,
    );
}

function findSystemBrowser(): string | undefined {
  return ["/usr/bin/chromium"].find((path) => existsSync(path));
}

async function starts({ executablePath = "", env }: LaunchOptions): Promise<boolean> {
  try {
    await promisify(execFile)(executablePath, ["--version"], env ? { env } : {});
    return true;
  } catch {
    return false;
  }
}

/** Unpacks aside and renames, so that neither a run cut short nor two at once leave half a browser. */
async function unpack(folder: string, env: Record<string, string> = {}): Promise<void> {
  if (existsSync(join(folder, "chromium"))) return;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, "chromium-making-"));
  // The package goes by the environment: it unpacks to the system's folder for temporary files.
  const settings = { ...env, TMPDIR: making };
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  try {
    Object.assign(process.env, settings);
    const { default: chromium } = await import("@sparticuz/chromium");
    await chromium.executablePath();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
  try {
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another run was first; its browser is as good.
    if (!existsSync(join(folder, "chromium"))) throw error;
  }
}
