import { vi } from "vitest";

/** Waits until a check holds, however busy the machine is; fails with the check's own complaint. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000 });
}
