import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Clock } from "../clock.ts";

const POLL_MS = 2_000;
const CHUNK_BYTES = 64 * 1024;
/** A line longer than this is none of a state log. */
const MAX_LINE_BYTES = 64 * 1024;

export type FileState = "reading" | "missing" | "forbidden" | "unreadable";

export interface TailOptions {
  path: string;
  clock: Clock;
  /** The first line of the file, and of each file that takes its place. */
  onHead: (line: string) => void;
  /**
   * Each line written from now on; null for one too long to be one. `isAgain`: it stood already in a file found in the
   * place of the one before, or emptied and written anew, and may be one that was told.
   */
  onLine: (line: string | null, isAgain: boolean) => void;
  /** Told when it changes. */
  onState: (state: FileState) => void;
}

interface OpenFile {
  handle: FileHandle;
  device: bigint;
  inode: bigint;
  position: number;
  /** The beginning of a line whose end is not written yet. */
  rest: Buffer;
  hasHead: boolean;
  /** Within a line of which nothing is wanted. */
  isSkipping: boolean;
  /** Bytes found in it when it came into the place of another. */
  found: number;
}

/**
 * Follows a growing text file from its present end on, through truncation and through another file taking its place
 * (what is still in the old one is read first). Looks when the system tells of a change, and every two seconds.
 * @returns how to end it; nothing is told after that
 */
export function tailFile(options: TailOptions): () => void {
  const { path, clock } = options;
  let file: OpenFile | null = null;
  // What is in the file when following begins is history; what is in one that comes later is not.
  let isFirst = true;
  let state: FileState | null = null;
  let stopped = false;
  let running = false;
  let again = false;
  let cancelPoll = () => {};

  function enter(next: FileState): void {
    if (stopped || state === next) return;
    state = next;
    options.onState(next);
  }

  function look(): void {
    again = true;
    if (running || stopped) return;
    running = true;
    again = false;
    followOnce()
      .catch(giveUp)
      .catch(() => enter("unreadable"))
      .finally(() => {
        running = false;
        if (stopped) void leave();
        else if (again) look();
      });
  }

  async function giveUp(error: unknown): Promise<void> {
    // Where it was is not known any more: whatever is in it when it can be read again is history.
    isFirst = true;
    await leave();
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    enter(code === "EACCES" || code === "EPERM" ? "forbidden" : "unreadable");
  }

  async function leave(): Promise<void> {
    const left = file;
    file = null;
    // It was only read: a close that fails loses nothing, and there is nobody to tell.
    await left?.handle.close().catch(() => {});
  }

  async function followOnce(): Promise<void> {
    if (file) await drain(file);
    const found = await statOrNull(path);
    if (!found) {
      // Whoever writes may go on with a file that was moved away until there is a new one.
      isFirst = false;
      return enter("missing");
    }
    if (!found.isFile()) return enter("unreadable");
    if (file && (found.ino !== file.inode || found.dev !== file.device)) {
      await drain(file);
      await leave();
    }
    if (stopped) return;
    if (!file) {
      file = await openFile(path, isFirst);
      if (isFirst) await skipHistory(file);
      isFirst = false;
    }
    await drain(file);
    enter("reading");
  }

  /** Reads the first line and goes to the end. A file without a whole line yet is read from its beginning. */
  async function skipHistory(opened: OpenFile): Promise<void> {
    const { size } = await opened.handle.stat();
    const start = Buffer.alloc(Math.min(size, MAX_LINE_BYTES));
    const { bytesRead } = await opened.handle.read(start, 0, start.length, 0);
    const end = start.subarray(0, bytesRead).indexOf(0x0a);
    if (end < 0 && size < MAX_LINE_BYTES) return;
    opened.hasHead = true;
    tellHead(start.subarray(0, end < 0 ? 0 : end));
    const last = Buffer.alloc(1);
    await opened.handle.read(last, 0, 1, size - 1);
    opened.position = size;
    opened.isSkipping = last[0] !== 0x0a;
  }

  async function drain(opened: OpenFile): Promise<void> {
    const { size } = await opened.handle.stat();
    if (size < opened.position)
      Object.assign(opened, {
        position: 0,
        rest: Buffer.alloc(0),
        hasHead: false,
        isSkipping: false,
        found: size,
      });
    if (size === opened.position) return;
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      if (stopped) return;
      const { bytesRead } = await opened.handle.read(chunk, 0, chunk.length, opened.position);
      if (bytesRead === 0) return;
      opened.position += bytesRead;
      takeBytes(opened, chunk.subarray(0, bytesRead));
    }
  }

  function takeBytes(opened: OpenFile, bytes: Buffer): void {
    let waiting = Buffer.concat([opened.rest, bytes]);
    const isAgain = () => opened.position - waiting.length < opened.found;
    for (let end = waiting.indexOf(0x0a); end >= 0; end = waiting.indexOf(0x0a)) {
      const line = waiting.subarray(0, end);
      if (opened.isSkipping) opened.isSkipping = false;
      else if (opened.hasHead) tellLine(line, isAgain());
      else {
        opened.hasHead = true;
        tellHead(line);
      }
      waiting = waiting.subarray(end + 1);
    }
    if (!opened.isSkipping && waiting.length > MAX_LINE_BYTES) {
      opened.isSkipping = true;
      if (opened.hasHead && !stopped) options.onLine(null, isAgain());
    }
    opened.rest = opened.isSkipping ? Buffer.alloc(0) : Buffer.from(waiting);
  }

  function tellHead(line: Buffer): void {
    if (!stopped) options.onHead(decode(line).replace(/^\uFEFF/, ""));
  }

  function tellLine(line: Buffer, isAgain: boolean): void {
    const whole = decode(line);
    if (!stopped && whole.trim() !== "") options.onLine(whole, isAgain);
  }

  const watcher = watchFolder(path, look);
  const poll = () => {
    cancelPoll = clock.after(POLL_MS, () => {
      look();
      poll();
    });
  };
  poll();
  look();
  return () => {
    stopped = true;
    cancelPoll();
    watcher?.close();
    if (!running) void leave();
  };
}

async function openFile(path: string, isFirst: boolean): Promise<OpenFile> {
  const handle = await open(path, "r");
  const { dev, ino, size } = await handle.stat({ bigint: true });
  const nothing = Buffer.alloc(0);
  return {
    handle,
    device: dev,
    inode: ino,
    position: 0,
    rest: nothing,
    hasHead: false,
    isSkipping: false,
    found: isFirst ? 0 : Number(size),
  };
}

async function statOrNull(path: string) {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Where the system cannot watch, as on some network drives, the looks every two seconds have to do. */
function watchFolder(path: string, onChange: () => void): FSWatcher | null {
  const name = basename(path);
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_, changed) => {
      if (changed === null || changed === name) onChange();
    });
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

function decode(line: Buffer): string {
  return line.toString("utf8").replace(/\r$/, "");
}
