import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#agent/clock";
import { makeCategorise } from "#agent/sensors/application-rules";
import { watchFocus } from "#agent/sensors/choose-sensor";

const needed = ["Xvfb", "openbox", "xterm", "xdotool"];
const missing = needed.filter((name) => spawnSync("which", [name]).status !== 0);
const title = "real windows on a real X server tell their category when they come to the front";

const children: ChildProcess[] = [];
let display = "";

beforeAll(async () => {
  if (missing.length > 0) return;
  // Without -noreset the server starts over, cutting everyone off, when its first short-lived client leaves.
  const server = spawn("Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-noreset"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(server);
  display = await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.stdout.once("data", (number: Buffer) => resolve(`:${number.toString().trim()}`));
  });
  children.push(
    spawn("openbox", [], { env: { ...process.env, DISPLAY: display }, stdio: "ignore" }),
  );
  // A window that opens before the window manager is there may never be shown.
  const env = { ...process.env, DISPLAY: display };
  for (let tries = 0; spawnSync("xdotool", ["get_num_desktops"], { env }).status !== 0; tries += 1)
    if (tries > 1000) throw new Error("the window manager did not start");
});

afterAll(() => {
  for (const child of children.reverse()) child.kill();
});

function xdotool(...words: string[]): string {
  return execFileSync("xdotool", words, {
    env: { ...process.env, DISPLAY: display },
    encoding: "utf8",
    timeout: 20_000,
  }).trim();
}

function openWindow(name: string): string {
  const env = { ...process.env, DISPLAY: display };
  const words = [
    "-class",
    name,
    "-name",
    name.toLowerCase(),
    "-T",
    "Customer Zephyrine",
    "-e",
    "sleep",
    "600",
  ];
  children.push(spawn("xterm", words, { env, stdio: "ignore" }));
  return xdotool("search", "--sync", "--onlyvisible", "--class", name).split("\n")[0] ?? "";
}

test.skipIf(missing.length > 0)(
  missing.length > 0 ? `${title} (skipped: ${missing.join(", ")} not installed)` : title,
  { timeout: 60_000 },
  async () => {
    const told: (string | null)[] = [];
    let wake = () => {};
    const crm = openWindow("OurCrm");
    const mail = openWindow("Thunderbird");
    const strange = openWindow("Zorglub");
    const lines: string[] = [];
    const watch = watchFocus({
      desktop: { platform: "linux", display, sessionType: "x11" },
      clock: systemClock,
      random: Math.random,
      categorise: makeCategorise([
        { category: "crm", applications: ["ourcrm"] },
        { category: "mail", applications: ["thunderbird*"] },
      ]),
      onCategory: (category) => {
        told.push(category);
        wake();
      },
      say: (line) => lines.push(line),
    });
    const see = async (window: string, category: string) => {
      xdotool("windowactivate", window);
      while (told.at(-1) !== category) await new Promise<void>((resolve) => (wake = resolve));
    };
    await see(crm, "crm");
    await see(mail, "mail");
    await see(strange, "other");
    await see(crm, "crm");
    expect(watch.state).toEqual({ kind: "available" });
    expect(JSON.stringify([told, lines])).not.toMatch(/Zorglub|Zephyrine|OurCrm/i);
    watch.stop();
  },
);
