import type { Place } from "#agent/service/place";
import type { Machine, Ran } from "#agent/service/step";

/** A person's place on a machine of that system, with a path that needs every kind of quoting. */
export function makePlace(platform: NodeJS.Platform, changes: Partial<Place> = {}): Place {
  return {
    platform,
    env: {},
    home: "/home/zoé",
    uid: 1000,
    user: "zoé",
    program: { file: "/opt/my node/bin/node", words: ['/srv/a"b/100%h/$HOME/é.js'] },
    run: ["run", "--folder", "/home/zoé/my data"],
    variables: [],
    ...changes,
  };
}

/** A machine that does nothing and remembers everything. `answers` by the beginning of a command. */
export function makeMachine(answers: Readonly<Record<string, Ran>> = {}, files: string[] = []) {
  const done: string[] = [];
  const written = new Map<string, string>();
  const present = new Set(files);
  const machine: Machine = {
    run(command) {
      const line = command.join(" ");
      const known = Object.entries(answers).find(([start]) => line.startsWith(start));
      done.push(`run ${line}`);
      return known?.[1] ?? { code: 0, out: "" };
    },
    exists: (path) => present.has(path),
    write(path, text) {
      done.push(`write ${path}`);
      written.set(path, text);
      present.add(path);
    },
    remove(path) {
      done.push(`remove ${path}`);
      present.delete(path);
    },
  };
  return { machine, done, written, present };
}
