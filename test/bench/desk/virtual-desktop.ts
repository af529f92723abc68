import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

const programs = ["Xvfb", "openbox", "xterm", "xdotool"];

/** A desktop nobody sees, with windows to bring to the front. */
export interface VirtualDesktop {
  display: string;
  /** Brings window number `nth`, counted round and round, to the front. */
  showWindow(nth: number): void;
  /** Does the same while everything else goes on, and moves the pointer a little, as a person would. */
  switchTo(nth: number): Promise<void>;
  close(): void;
}

/** Opens a desktop with one window of each application; null where the programs for it are not installed. */
export async function openVirtualDesktop(
  applications: readonly string[],
): Promise<VirtualDesktop | null> {
  if (programs.some((name) => spawnSync("which", [name]).status !== 0)) return null;
  const children: ChildProcess[] = [];
  const close = () => {
    for (const child of children.reverse()) child.kill();
  };
  try {
    // Without -noreset the X server starts over when its first short-lived client leaves.
    const server = spawn("Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-noreset"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    children.push(server);
    const display = await new Promise<string>((resolve, reject) => {
      server.once("error", reject);
      server.stdout.once("data", (number: Buffer) => resolve(`:${number.toString().trim()}`));
    });
    const env = { ...process.env, DISPLAY: display };
    const xdotool = (...words: string[]) =>
      spawnSync("xdotool", words, { env, encoding: "utf8", timeout: 20_000 });
    children.push(spawn("openbox", [], { env, stdio: "ignore" }));
    // A window that opens before the window manager is there may never be shown.
    for (let tries = 0; xdotool("get_num_desktops").status !== 0; tries += 1)
      if (tries > 1000) throw new Error("the window manager did not start");
    const windows = applications.map((name) => {
      const words = ["-class", name, "-e", "sleep", "600"];
      children.push(spawn("xterm", words, { env, stdio: "ignore" }));
      const found = xdotool("search", "--sync", "--onlyvisible", "--class", name);
      return found.stdout.split("\n")[0] ?? "";
    });
    const windowAt = (nth: number) => windows[nth % windows.length] ?? "";
    return {
      display,
      showWindow: (nth) => xdotool("windowactivate", windowAt(nth)),
      async switchTo(nth) {
        const step = nth % 2 === 0 ? "1" : "-1";
        const words = ["windowactivate", windowAt(nth), "mousemove_relative", "--", step, "0"];
        const [code] = await once(spawn("xdotool", words, { env, stdio: "ignore" }), "exit");
        if (code !== 0) throw new Error("xdotool could not bring a window to the front");
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
