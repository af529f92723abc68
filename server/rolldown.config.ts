import { cpSync } from "node:fs";
import { defineConfig } from "rolldown";

const root = new URL("..", import.meta.url).pathname;

/** Bundles our own source; packages stay in node_modules, where their native parts and data files are. */
export default defineConfig({
  cwd: root,
  input: {
    server: "server/main.ts",
    demo: "server/demo/main.ts",
    "replay-server": "server/replay.ts",
    "embedded-worker": "server/database/embedded-worker.ts",
    agent: "agent/main.ts",
    replay: "agent/replay/main.ts",
    simulator: "agent/simulator/main.ts",
  },
  platform: "node",
  external: (id) => !/^(\.|\/|#|file:)/.test(id),
  output: {
    dir: "dist",
    entryFileNames: "[name].js",
    // Flat: every chunk finds migrations/ and dashboard/ beside itself.
    chunkFileNames: "[name]-[hash].js",
    sourcemap: true,
  },
  plugins: [
    {
      name: "copy-migrations",
      writeBundle: () =>
        cpSync(`${root}server/database/migrations`, `${root}dist/migrations`, { recursive: true }),
    },
  ],
});
