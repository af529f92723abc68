// Bundles our own source into dist/; packages stay in node_modules, where their native parts and data files are.
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { build } from "rolldown";

const root = new URL("..", import.meta.url).pathname;
const dist = `${root}dist/`;

mkdirSync(dist, { recursive: true });
rmSync(`${dist}migrations`, { recursive: true, force: true });
for (const name of readdirSync(dist)) if (/\.js(\.map)?$/.test(name)) rmSync(`${dist}${name}`);

await build({
  cwd: root,
  input: {
    server: "server/main.ts",
    demo: "server/demo/main.ts",
    "replay-server": "server/replay.ts",
    "embedded-worker": "server/database/embedded-worker.ts",
    agent: "agent/main.ts",
    "input-hook-child": "agent/sensors/input-hook-child.ts",
    replay: "agent/replay/main.ts",
    simulator: "agent/simulator/main.ts",
  },
  platform: "node",
  external: (id) => !/^(\.|\/|#|file:)/.test(id),
  onLog: (_level, log) => {
    throw new Error(log.message);
  },
  output: {
    dir: dist,
    entryFileNames: "[name].js",
    // Flat: every chunk finds migrations/ and dashboard/ beside itself.
    chunkFileNames: "[name]-[hash].js",
    sourcemap: true,
  },
});
cpSync(`${root}server/database/migrations`, `${dist}migrations`, { recursive: true });
