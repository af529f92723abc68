import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { SkippedTests } from "./support/skipped-tests.ts";

const root = new URL("..", import.meta.url).pathname;
/** One project a folder, so that `--project agent` runs a part alone. */
const projects = readdirSync(new URL(".", import.meta.url), { withFileTypes: true })
  .filter(
    (entry) =>
      entry.isDirectory() && !["support", "vectors", "bench", "browser"].includes(entry.name),
  )
  .map(({ name }) => ({
    extends: true as const,
    test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`] },
  }));

export default defineConfig({
  root,
  test: {
    reporters: ["default", new SkippedTests()],
    projects: [
      ...projects,
      { extends: true, test: { name: "house", include: ["test/*.test.ts"] } },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
