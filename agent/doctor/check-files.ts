import { existsSync } from "node:fs";
import { join } from "node:path";
import { FEED_FILE, readFeedMapping } from "../feed/feed-mapping.ts";
import { RULES_FILE, readRules } from "../sensors/application-rules.ts";
import { type Check, fails, reasonOf, works } from "./check.ts";

/** The files a person may write: which application is which category, and what a telephone system's states mean. */
export function checkFiles(folder: string): Check[] {
  return [
    checkFile({ id: "rules", name: "Application rules" }, join(folder, RULES_FILE), readRules),
    checkFile(
      { id: "feed-mapping", name: "Feed mapping" },
      join(folder, FEED_FILE),
      readFeedMapping,
    ),
  ];
}

function checkFile(
  of: Pick<Check, "id" | "name">,
  path: string,
  read: (path: string) => unknown,
): Check {
  try {
    read(path);
    return works(of, existsSync(path) ? `yours, ${path}` : "the usual ones");
  } catch (error) {
    return fails(of, reasonOf(error), `Put ${path} right, or take it away.`);
  }
}
