import { connect } from "node:net";
import { type Reply, type Request, reply as replySchema } from "./messages.ts";

const TIMEOUT_MS = 10_000;
/** Batch by batch the site is asked what it holds. */
const COMPARE_TIMEOUT_MS = 120_000;

/** No agent runs in this folder. */
export class NotRunning extends Error {
  override name = "NotRunning";
}

/** Sends one command to the running agent and gives its answer. @throws NotRunning */
export function sendCommand(address: string, request: Request): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let text = "";
    socket.setEncoding("utf8");
    const patience = request.command === "compare" ? COMPARE_TIMEOUT_MS : TIMEOUT_MS;
    socket.setTimeout(patience, () => socket.destroy(new Error("The agent does not answer.")));
    socket.on("connect", () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on("data", (piece: string) => {
      text += piece;
    });
    socket.on("error", (error) => {
      const code = "code" in error ? error.code : undefined;
      const isGone = code === "ENOENT" || code === "ECONNREFUSED";
      reject(
        isGone ? new NotRunning("The agent is not running. Start it with: etabli run") : error,
      );
    });
    socket.on("end", () => {
      try {
        resolve(replySchema.parse(JSON.parse(text)));
      } catch (cause) {
        reject(new Error("The agent gave an answer this command does not know.", { cause }));
      }
    });
  });
}
