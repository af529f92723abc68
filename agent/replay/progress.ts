/** Where progress is told: a terminal, or a file or pipe. */
export interface ProgressSink {
  write: (text: string) => void;
  isTerminal: boolean;
}

const TERMINAL_MS = 100;
const PLAIN_MS = 3_000;

/** Tells how far something is: one line rewritten in place on a terminal, else a plain line every few seconds. */
export function createProgress(sink: ProgressSink, monotonic: () => number) {
  let last = Number.NEGATIVE_INFINITY;
  let open = false;
  const clear = () => {
    if (open) sink.write("\r\u001b[2K");
    open = false;
  };
  return {
    /** Tells the current state, if enough time has passed. */
    show(text: string): void {
      const now = monotonic();
      if (now - last < (sink.isTerminal ? TERMINAL_MS : PLAIN_MS)) return;
      last = now;
      clear();
      sink.write(sink.isTerminal ? text : `${text}\n`);
      open = sink.isTerminal;
    },
    /** Says something that stays. */
    say(text: string): void {
      clear();
      sink.write(`${text}\n`);
    },
  };
}
export type Progress = ReturnType<typeof createProgress>;
