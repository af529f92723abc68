// Runs what docker-compose.yml and the Dockerfile name, without Docker: the same command with the same environment,
// in a folder that holds only what the image holds.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore, type TestStore } from "#test/support/database";

const root = new URL("../../../", import.meta.url).pathname;
const read = (name: string) => readFileSync(join(root, name), "utf8");

let image: string;
let store: TestStore;
let server: ChildProcess | undefined;

beforeAll(async () => {
  image = mkdtempSync(join(tmpdir(), "etabli-image-"));
  if (!existsSync(join(root, "dist/server.js")))
    execFileSync("npm", ["run", "build", "--silent"], { cwd: root });
  cpSync(join(root, "dist"), join(image, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(image, "package.json"));
  symlinkSync(join(root, "node_modules"), join(image, "node_modules"));
  store = await openTestStore();
  // The embedded store is opened by one process at a time.
  if (store.kind === "embedded") await store.close();
});

afterAll(async () => {
  if (server?.exitCode === null) {
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  }
  if (store.kind === "server") await store.drop();
  else if ("folder" in store.location) rmSync(store.location.folder, { recursive: true });
  rmSync(image, { recursive: true, force: true });
});

test("the image's command starts the server with the compose file's environment", async () => {
  const command: string[] = JSON.parse(
    /^CMD (\[.*\])$/m.exec(read("server/Dockerfile"))?.[1] ?? "[]",
  );
  const [program = "", ...args] = command;
  const composed = readEnvironment(read("docker-compose.yml"));
  expect(composed).toMatchObject({ HOST: "0.0.0.0", TRUSTED_PROXY: "172.30.70.1" });
  expect(composed.DATABASE_URL).toMatch(/^postgres:/);
  const database =
    "url" in store.location
      ? { DATABASE_URL: store.location.url }
      : { DATABASE_URL: "", ETABLI_DATA: layOut(store.location.folder) };
  // The container's own address, and the database's, are what differs.
  const address = { HOST: "127.0.0.1", PORT: "0" };
  server = spawn(program, args, {
    cwd: image,
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...composed, ...database, ...address },
    stdio: ["ignore", "pipe", "inherit"],
  });
  expect(await readUntil(server, "Établi listens on")).toContain("/join#");
});

test("the image is built by the scripts package.json has", () => {
  const scripts = JSON.parse(read("package.json")).scripts;
  for (const [, script = ""] of read("server/Dockerfile").matchAll(/npm run (\S+)/g))
    expect(scripts).toHaveProperty(script);
});

/** The server service's environment, with the defaults of its variables. */
function readEnvironment(compose: string): Record<string, string> {
  const block = /^ {2}server:[\s\S]*?^ {4}environment:\n((?: {6}.*\n)+)/m.exec(compose)?.[1] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll(/\$\{\w+(?::-([^}]*))?\}/g, "$1"),
    ]),
  );
}

/** A data folder whose site's database is the prepared one. */
function layOut(folder: string): string {
  const data = join(image, "data");
  cpSync(folder, join(data, "site", "database"), { recursive: true });
  return data;
}

async function readUntil(child: ChildProcess, text: string): Promise<string> {
  let seen = "";
  for await (const chunk of child.stdout ?? []) {
    seen += String(chunk);
    if (seen.includes(text)) return seen;
  }
  throw new Error(`ended before saying "${text}"`);
}
