import type { Sense } from "../control/messages.ts";
import type { CsvState } from "./csv-feed.ts";
import { FEED_FILE } from "./feed-mapping.ts";

/** How it stands with a feed, in numbers: none of its words is in here. */
export interface FeedFacts {
  wanted: boolean;
  hasCome: boolean;
  /** States that are not in the mapping. */
  unmapped: number;
  badLines: number;
  /** Null when there is no file to follow. */
  file: CsvState | "opening" | null;
}

const named = `the file named in ${FEED_FILE}`;

const fileTroubles: Partial<Record<CsvState | "opening", Required<Sense>>> = {
  opening: { state: "sensed", reason: `${named} is being opened` },
  missing: { state: "unsupported", reason: `${named} is not there` },
  unreadable: { state: "unsupported", reason: `${named} cannot be read` },
  forbidden: { state: "permission-missing", reason: `you may not read ${named}` },
  "no-columns": {
    state: "unsupported",
    reason: `the first line of ${named} does not have all the columns that are to be read`,
  },
};

/** How it stands with a feed, for the person at this machine. */
export function describeFeed(facts: FeedFacts): Sense {
  const { wanted, hasCome, unmapped, badLines, file } = facts;
  if (!wanted) return { state: "off" };
  const trouble = file === null ? undefined : fileTroubles[file];
  const notes = [
    trouble?.reason,
    unmapped === 1 && `1 state is not in ${FEED_FILE} and counts as unknown`,
    unmapped > 1 && `${unmapped} states are not in ${FEED_FILE} and count as unknown`,
    badLines > 0 && `${badLines} ${badLines === 1 ? "line" : "lines"} could not be read`,
    !hasCome && "nothing has come yet",
  ].filter((note) => typeof note === "string");
  return {
    state: trouble?.state ?? "sensed",
    ...(notes.length > 0 && { reason: notes.join("; ") }),
  };
}
