import type { Mark, Span } from "#schema/activity";

/** A span or a mark before its times are written out: epoch ms instead of timestamps. */
export type WorkPiece = Omit<Span, "start" | "end"> & { start: number; end: number };
export type WorkMark = Omit<Mark, "at" | "until" | "due"> & {
  at: number;
  until?: number;
  due?: number;
};

/** What a day has so far, and where it stands. */
export interface WorkLog {
  /** Now, epoch ms. */
  at: number;
  /** When one has gone home for sure, epoch ms: nothing lasts longer. */
  latest: number;
  pieces: WorkPiece[];
  marks: WorkMark[];
}

type Details = Omit<WorkPiece, "start" | "end" | "kind" | "source"> & {
  source?: WorkPiece["source"];
};

/** Writes a piece of so many seconds from now on and moves on to its end. */
export function work(
  log: WorkLog,
  kind: WorkPiece["kind"],
  seconds: number,
  details: Details = {},
): WorkPiece {
  const wanted = log.at + Math.max(1, Math.round(seconds)) * 1000;
  const end = Math.min(wanted, Math.max(log.latest, log.at + 1000));
  const piece: WorkPiece = { source: "sensed", ...details, kind, start: log.at, end };
  log.pieces.push(piece);
  log.at = end;
  return piece;
}
