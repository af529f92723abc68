import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders = ["schema", "server", "agent"];

/** Server and agent are measured as they are shipped: bundles the sources again where they changed since. */
export async function buildIfStale(tell: (line: string) => void): Promise<void> {
  const built = ["server.js", "agent.js"].map((name) => join(root, "dist", name));
  const oldest = Math.min(...built.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)));
  if (newestSource() < oldest) return;
  tell("bundling server and agent");
  const child = spawn(process.execPath, ["--import", "tsx", "server/build.ts"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error("The bundle could not be built; see above.");
}

function newestSource(): number {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(root, folder, name),
    ),
  );
  return Math.max(...files.map((path) => statSync(path).mtimeMs));
}
