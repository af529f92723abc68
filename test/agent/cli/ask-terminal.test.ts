import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { makeAskSecret, makeConfirm } from "#agent/cli/ask-terminal";

/** A terminal that notes what is written to it and when it stops showing what is typed. */
function makeTerminal(isTTY: boolean) {
  const events: string[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode: (isRaw: boolean) => void events.push(isRaw ? "hidden" : "shown"),
  });
  const output = new PassThrough();
  output.on("data", (piece: Buffer) => void events.push(piece.toString()));
  return { input, output, events };
}

test("on a terminal a passphrase is asked for only once nothing is shown, and is never written", async () => {
  const { input, output, events } = makeTerminal(true);
  const answer = makeAskSecret({ input, output })("Passphrase: ");
  input.write("blue kettle\r");
  expect(await answer).toBe("blue kettle");
  expect(events.indexOf("hidden")).toBeLessThan(events.indexOf("Passphrase: "));
  expect(events.indexOf("hidden")).toBeGreaterThanOrEqual(0);
  expect(events.at(-1)).not.toBe("hidden");
  expect(events.join("")).not.toContain("kettle");
});

test("stopped with Ctrl+C, or with nothing at all, it ends instead of going on with an empty one", async () => {
  const terminal = makeTerminal(true);
  const stopped = makeAskSecret(terminal)("Passphrase: ");
  terminal.input.write("\u0003");
  await expect(stopped).rejects.toThrow("Stopped");
  const pipe = makeTerminal(false);
  pipe.input.end("");
  await expect(makeAskSecret(pipe)("Passphrase: ")).rejects.toThrow("No passphrase");
});

test("from a pipe the first line is taken, and the second when it is asked for again", async () => {
  const one = makeTerminal(false);
  one.input.end("blue kettle\n");
  const askOne = makeAskSecret(one);
  expect([await askOne("A: "), await askOne("Again: ")]).toEqual(["blue kettle", "blue kettle"]);
  const two = makeTerminal(false);
  two.input.end("blue kettle\r\nred kettle\r\n");
  const askTwo = makeAskSecret(two);
  expect([await askTwo("A: "), await askTwo("Again: ")]).toEqual(["blue kettle", "red kettle"]);
});

test("only a clear yes is one, and without a terminal there is none", async () => {
  for (const [typed, meant] of [
    ["y\n", true],
    ["YES\n", true],
    ["\n", false],
    ["yesterday\n", false],
  ] as const) {
    const terminal = makeTerminal(true);
    const answer = makeConfirm(terminal)("Delete?");
    terminal.input.write(typed);
    expect(await answer, typed).toBe(meant);
  }
  expect(await makeConfirm(makeTerminal(false))("Delete?")).toBe(false);
});
