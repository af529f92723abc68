import { existsSync, realpathSync } from "node:fs";

/** How this very program is started: a file that can be executed, and the words it needs before its own. */
export interface Program {
  file: string;
  words: readonly string[];
}

/** What a process says of how it was started. */
export interface Started {
  execPath: string;
  execArgv: readonly string[];
  /** The script, as in `process.argv[1]`. */
  script: string | undefined;
  isSingleFile: boolean;
}

/** The program of a process, by its real place: a link, such as npm's, may go while the program stays. */
export function programOf({ execPath, execArgv, script, isSingleFile }: Started): Program {
  if (isSingleFile || script === undefined) return { file: execPath, words: [] };
  return {
    file: execPath,
    words: [...execArgv, existsSync(script) ? realpathSync(script) : script],
  };
}
