import { Worker } from "node:worker_threads";

/**
 * Starts a worker thread from a sibling module, named without its extension: the bundled `.js` in production, the
 * `.ts` through tsx when run from source.
 */
export function startWorker(name: string, workerData: unknown): Worker {
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL(`./${name}.js`, import.meta.url), { workerData });
  const tsx = import.meta.resolve("tsx/esm/api");
  const entry = new URL(`./${name}.ts`, import.meta.url).href;
  const boot = `import("${tsx}").then((tsx) => { tsx.register(); return import("${entry}"); })`;
  return new Worker(boot, { eval: true, workerData });
}
