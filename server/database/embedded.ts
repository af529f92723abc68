import { join } from "node:path";
import { Duplex } from "node:stream";
import type { Worker } from "node:worker_threads";
import { z } from "zod";
import { lockFolder } from "./folder-lock.ts";
import { startWorker } from "./start-worker.ts";

const reply = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("wire"), bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal("failed"), message: z.string() }),
  z.object({ type: z.literal("closed") }),
]);

const TERMINATE = 0x58;

/**
 * TimescaleDB inside this process: a data folder, its lock, and the worker thread that runs the database. It survives
 * the death of the process at any instant. It never calls fsync, so it does not survive a power cut of the machine.
 */
export class EmbeddedDatabase {
  readonly #worker: Worker;
  readonly #unlock: () => void;
  readonly #waiting: ((bytes: Uint8Array | Error) => void)[] = [];
  /** Settles when the database has ended by itself; nothing will be answered any more. */
  readonly lost: Promise<Error>;
  #lose: (error: Error) => void = () => {};
  #failure: Error | undefined;
  #connections = 0;

  private constructor(worker: Worker, unlock: () => void) {
    this.#worker = worker;
    this.#unlock = unlock;
    this.lost = new Promise((resolve) => {
      this.#lose = resolve;
    });
    worker.on("message", (message: unknown) => this.#receive(reply.parse(message)));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", () => this.#fail(new Error("The embedded database has ended.")));
  }

  /**
   * Opens the database in `folder`, making it when it is not there (about 3 s; later about 0.6 s).
   * @throws FolderInUse when another process has it open
   */
  static async open(folder: string): Promise<EmbeddedDatabase> {
    const unlock = lockFolder(folder);
    const worker = startWorker("embedded-worker", { folder: join(folder, "pg") });
    try {
      await new Promise<void>((resolve, reject) => {
        worker.once("message", () => resolve());
        worker.once("error", reject);
      });
    } catch (error) {
      unlock();
      throw error;
    }
    return new EmbeddedDatabase(worker, unlock);
  }

  /** The stream a `pg.Client` drives as if it were a socket. One client at a time. */
  connect(): Duplex {
    const again = this.#connections++ > 0;
    return new EmbeddedStream((bytes) => this.#exchange(bytes), again);
  }

  /** Ends the database cleanly and frees the folder. */
  async close(): Promise<void> {
    if (this.#failure === undefined) {
      this.#failure = new Error("The embedded database is closed.");
      const ended = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
      this.#worker.postMessage({ type: "close" });
      await ended;
    }
    this.#unlock();
  }

  #exchange(bytes: Uint8Array): Promise<Uint8Array> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      this.#worker.postMessage({ type: "wire", bytes });
    });
  }

  #receive(message: z.infer<typeof reply>): void {
    if (message.type === "wire") this.#waiting.shift()?.(message.bytes);
    if (message.type === "failed") this.#waiting.shift()?.(new Error(message.message));
  }

  #fail(error: Error): void {
    if (this.#failure === undefined) this.#lose(error);
    this.#failure ??= error;
    for (const settle of this.#waiting.splice(0)) settle(error);
  }
}

/** A simple-query message of the PostgreSQL protocol. */
function queryMessage(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5);
  head.write("Q");
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

class EmbeddedStream extends Duplex {
  readonly #exchange: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly #again: boolean;

  constructor(exchange: (bytes: Uint8Array) => Promise<Uint8Array>, again: boolean) {
    super();
    this.#exchange = exchange;
    this.#again = again;
  }

  // What pg calls on a socket.
  connect(): this {
    this.#begin().then(
      () => this.emit("connect"),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  // The database has one session for all clients: a new one must not find the last one's transaction or role.
  async #begin(): Promise<void> {
    if (!this.#again) return;
    await this.#exchange(queryMessage("rollback"));
    await this.#exchange(queryMessage("discard all"));
    // PGlite sets it once, and its default finds none of our tables.
    await this.#exchange(queryMessage("set search_path = public"));
  }

  override _read(): void {}

  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _write(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    this.#send(chunk, done);
  }

  #send(bytes: Buffer, done: (error?: Error | null) => void): void {
    // A client that says goodbye must not end the database.
    if (bytes[0] === TERMINATE && bytes.length === 5) {
      this.push(null);
      done();
      return;
    }
    this.#exchange(bytes).then(
      (answer) => {
        if (answer.length > 0) this.push(answer);
        done();
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
