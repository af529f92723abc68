import { fork } from "node:child_process";
import { once } from "node:events";
import type { z } from "zod";

/** Runs a program of this folder in a process of its own on one order. @throws when it ends without a result */
export async function runChild<Result extends z.ZodType>(
  program: URL,
  order: unknown,
  result: Result,
): Promise<z.infer<Result>> {
  const child = fork(program, { execArgv: ["--import", "tsx"], stdio: ["ignore", 2, 2, "ipc"] });
  const answered: Promise<unknown[]> = once(child, "message");
  const ended = once(child, "exit");
  child.send(JSON.parse(JSON.stringify(order)));
  const failed = ended.then(([code]) => {
    throw new Error(`${program.pathname} ended with ${code}`);
  });
  const [answer] = await Promise.race([answered, failed]);
  failed.catch(() => {});
  await ended;
  return result.parse(answer);
}
