import type { RunningServer } from "./app.ts";
import type { MigrationProgress } from "./database/migrate.ts";

/** A line for the person who started the program. Progress goes to stderr, results to stdout. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function sayProgress(line: string): void {
  process.stderr.write(`${line}\n`);
}

export const tellMigration: MigrationProgress = ({ name, number, of }) =>
  sayProgress(`Preparing the store: step ${number} of ${of} (${name})`);

/** Says what the store does not promise. */
export function tellStore({ store }: RunningServer): void {
  if (store.kind === "embedded")
    sayProgress(
      "Embedded store: it survives the end of the program at any moment, but not a power cut of this machine. " +
        "For a site that matters, set DATABASE_URL to a TimescaleDB server.",
    );
}

/** The time zone this machine keeps. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
