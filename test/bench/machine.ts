import { cpus, release, totalmem, type } from "node:os";

/** The machine in a few words: processor, cores, memory, system, Node. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const model = cores[0]?.model.trim() ?? "unknown processor";
  return `${model}, ${cores.length} cores, ${memory} GB, ${type()} ${release()}, Node ${process.versions.node}`;
}
