import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Bundles a program of this folder as the server's build bundles the agent, so that it takes as much memory as that.
 * It lies below `dist/`, where packages are found.
 */
export async function bundleChild(source: URL): Promise<{ program: string; remove: () => void }> {
  mkdirSync(join(root, "dist"), { recursive: true });
  const folder = mkdtempSync(join(root, "dist", "bench-"));
  const input = fileURLToPath(source);
  await build({
    cwd: root,
    input,
    platform: "node",
    external: (id) => !/^(\.|\/|#|file:)/.test(id),
    onLog: (_level, log) => {
      throw new Error(log.message);
    },
    output: { dir: folder, entryFileNames: "[name].js", sourcemap: true },
  });
  return {
    program: join(folder, basename(input).replace(/\.ts$/, ".js")),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
