import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where a file goes that is set aside: a free name with a date, `outbox.mdb.damaged-2026-11-25T09-30-00`. */
export function nameAside(path: string, why: string, now: number): string {
  const date = new Date(now).toISOString().slice(0, 19).replaceAll(":", "-");
  let target = `${path}.${why}-${date}`;
  for (let n = 2; existsSync(target); n += 1) target = `${path}.${why}-${date}-${n}`;
  return target;
}

/** Renames a file aside and gives the new path. */
export function moveAside(path: string, why: string, now: number): string {
  const target = nameAside(path, why, now);
  renameSync(path, target);
  return target;
}

/** Whether there is a file of more than no bytes. */
export function hasContent(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}

/**
 * Removes the stores set aside at these times (epoch ms): nothing sends them any more, and what is in them cannot be
 * taken out piece by piece. @throws when one cannot be removed
 */
export function removeSetAside(path: string, isGoing: (at: number) => boolean): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    const at = name.startsWith(`${basename(path)}.`) ? dateInName(name) : null;
    if (at !== null && isGoing(at)) rmSync(join(folder, name), { force: true });
  }
}

function dateInName(name: string): number | null {
  const [, day, time] = /-(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)(?:-\d+)?$/.exec(name) ?? [];
  return day && time ? Date.parse(`${day}T${time.replaceAll("-", ":")}.000Z`) : null;
}
