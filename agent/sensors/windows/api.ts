import { loadDesktop } from "./desktop-calls.ts";
import { loadFront } from "./front-calls.ts";

/** A window in front and the process that owns it; both are numbers that mean nothing outside this session. */
export interface Front {
  window: bigint;
  process: number;
}

/** What Windows says of the session the agent runs in. */
export interface Session {
  /** Somebody is connected to it, at the machine itself or from afar. */
  isActive: boolean;
  /** Null where Windows does not know. */
  isLocked: boolean | null;
}

/** The few questions put to Windows. None of them reads a title, a text or an input. */
export interface WindowsApi {
  /** Null when no window is in front. */
  readFront(): Front | null;
  /** Full path of a process's executable; null when it may not be read. */
  readExecutable(process: number): string | null;
  /** The 32-bit count of milliseconds since the machine started. */
  readTick(): number;
  /** That count at the last input; null when Windows does not say. */
  readLastInput(): number | null;
  /** Null when Windows does not say. */
  readSession(): Session | null;
  /** Name of the desktop that takes input; null when this session may not open it. */
  readInputDesktop(): string | null;
}

/** The real Windows, or why it cannot be asked. */
export async function loadWindowsApi(): Promise<WindowsApi | { reason: string }> {
  const koffi = await import("koffi").catch(() => null);
  if (!koffi) return { reason: "the optional package koffi is not installed" };
  try {
    return { ...loadFront(koffi), ...loadDesktop(koffi) };
  } catch {
    return { reason: "the functions of Windows cannot be called" };
  }
}
