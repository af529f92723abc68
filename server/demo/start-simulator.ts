import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type FromSimulator, fromSimulator, type ToSimulator } from "#schema/demo-control";

/** The program that plays the thirty technicians' workstations, in a process of its own. */
export interface Simulator {
  stop(): Promise<void>;
}

/** Starts the simulator; `onMessage` hears of its progress, `onExit` that it ended by itself. */
export function startSimulator(
  go: ToSimulator,
  onMessage: (message: FromSimulator) => void,
  onExit: () => void,
): Simulator {
  const isSource = import.meta.url.endsWith(".ts");
  const program = new URL(
    isSource ? "../../agent/simulator/main.ts" : "./simulator.js",
    import.meta.url,
  );
  const child = fork(fileURLToPath(program), [], {
    execArgv: isSource ? ["--import", import.meta.resolve("tsx")] : [],
    stdio: ["ignore", 2, "inherit", "ipc"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let stopping = false;
  child.on("message", (message) => onMessage(fromSimulator.parse(message)));
  child.once("exit", () => stopping || onExit());
  child.send(go);
  return {
    stop: async () => {
      stopping = true;
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
