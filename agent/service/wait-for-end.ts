import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A stopping agent sends for at most three seconds more. */
const TRIES = 30;
const BETWEEN_MS = 500;

/** Whether no agent listens there any more; waits a little for one that is stopping. */
export async function hasEnded(address: string, tries = TRIES): Promise<boolean> {
  for (let left = tries; left > 0; left -= 1) {
    if (!(await answers(address))) return true;
    if (left > 1) await pause(BETWEEN_MS);
  }
  return false;
}

/** Whether somebody listens at that address. */
export function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
