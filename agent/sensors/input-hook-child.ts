import type { InputHookMessage } from "./input-hook.ts";

/*
 * Counts input for the agent, alone in a process of its own: what the system's hook tells beyond "a key", "a button" or
 * "the wheel" is dropped here, unread, and only three numbers leave.
 */

/** Numbers leave at most this often, so that they say nothing of the time between two presses. */
const GATHER_MS = 250;

function say(message: InputHookMessage): void {
  process.send?.(message);
}

async function countInput(): Promise<void> {
  const hook = await import("uiohook-napi").catch(() => null);
  if (!hook) {
    const reason = "the optional package uiohook-napi, or a system library it needs, is missing";
    return say({ kind: "unsupported", reason });
  }
  let keys = 0;
  let clicks = 0;
  let scrolls = 0;
  let isGathering = false;
  function gather(): void {
    if (isGathering) return;
    isGathering = true;
    setTimeout(() => {
      say([keys, clicks, scrolls]);
      keys = clicks = scrolls = 0;
      isGathering = false;
    }, GATHER_MS);
  }
  // Releases: a key held down repeats its press, and telling repeats apart would need to know the key.
  hook.uIOhook.on("keyup", () => {
    keys += 1;
    gather();
  });
  hook.uIOhook.on("mousedown", () => {
    clicks += 1;
    gather();
  });
  hook.uIOhook.on("wheel", () => {
    scrolls += 1;
    gather();
  });
  try {
    hook.uIOhook.start();
  } catch (error) {
    return say(refusalOf(error));
  }
  say("ready");
}

function refusalOf(error: unknown): InputHookMessage {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "UIOHOOK_ERROR_AXAPI_DISABLED"
    ? {
        kind: "permission-missing",
        reason:
          "macOS must allow it first: System Settings, Privacy & Security, Accessibility, and switch on Établi there",
      }
    : { kind: "unsupported", reason: "the system does not let input be counted" };
}

// Nobody is left to count for.
process.once("disconnect", () => process.exit(0));
void countInput();
