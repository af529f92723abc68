import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeAutostartEntry } from "#agent/service/autostart-entry";
import { writeLaunchAgent } from "#agent/service/launch-agent";
import { programOf } from "#agent/service/program";
import { quoteWindowsWord, writeTask } from "#agent/service/scheduled-task";
import { writeUnit } from "#agent/service/systemd-unit";
import { makeFolder } from "../folder.ts";
import { makePlace } from "./place.ts";

const words = fc.array(
  fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !/[\n\r\0]/.test(text)),
  {
    minLength: 1,
    maxLength: 4,
  },
);

test("the unit starts this very program, with limits, without rights, and with the desktop", () => {
  const unit = writeUnit(makePlace("linux"), "graphical-session.target");
  expect(unit).toContain(
    'ExecStart="/opt/my node/bin/node" "/srv/a\\"b/100%%h/$$HOME/é.js" "run" "--folder" "/home/zoé/my data"\n',
  );
  for (const line of [
    "PartOf=graphical-session.target",
    "WantedBy=graphical-session.target",
    "Restart=on-failure",
    "RestartPreventExitStatus=2 3",
    "MemoryMax=512M",
    "CPUQuota=50%",
    "NoNewPrivileges=yes",
  ])
    expect(unit.split("\n")).toContain(line);
  const bare = writeUnit(makePlace("linux"), "default.target");
  expect(bare).toContain("WantedBy=default.target");
  expect(bare).not.toContain("graphical-session");
});

test("a site's own certificate authority goes along", () => {
  const variables = [["NODE_EXTRA_CA_CERTS", "/etc/our 100% ca.pem"]] as const;
  const place = makePlace("linux", { variables });
  expect(writeUnit(place, "default.target")).toContain(
    'Environment="NODE_EXTRA_CA_CERTS=/etc/our 100%% ca.pem"\n',
  );
  expect(writeAutostartEntry(place)).toContain(
    'Exec="env" "NODE_EXTRA_CA_CERTS=/etc/our 100%% ca.pem" "/opt',
  );
  expect(writeLaunchAgent(place)).toContain(
    "<key>NODE_EXTRA_CA_CERTS</key>\n    <string>/etc/our 100% ca.pem</string>",
  );
});

test("systemd finds nothing wrong with the unit, for either target", ({ skip }) => {
  const asked = spawnSync("systemd-analyze", ["--version"]);
  skip(asked.status !== 0, "needs systemd-analyze");
  const folder = makeFolder();
  mkdirSync(join(folder, "run"), { mode: 0o700 });
  const script = join(folder, '100%h a"b $HOME é.js');
  const program = { file: process.execPath, words: [script] };
  for (const target of ["graphical-session.target", "default.target"] as const) {
    const path = join(folder, `etabli-${target.split(".")[0]}.service`);
    writeFileSync(path, writeUnit(makePlace("linux", { program }), target));
    const env = { ...process.env, XDG_RUNTIME_DIR: join(folder, "run") };
    const said = execFileSync("systemd-analyze", ["verify", "--user", path], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(said).toBe("");
  }
});

/** Takes an `Exec` value apart as the Desktop Entry Specification has it: the file's string first, then the words. */
function readExec(value: string): string[] {
  const line = value.replaceAll(/\\(.)/g, (_, letter) => (letter === "n" ? "\n" : letter));
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, word = ""]) =>
    word.replaceAll(/\\(["`$\\])/g, "$1").replaceAll("%%", "%"),
  );
}

test("the autostart entry says the same words, whatever is in them", () => {
  fc.assert(
    fc.property(words, (given) => {
      const [file = "", ...rest] = given;
      const entry = writeAutostartEntry(
        makePlace("linux", { program: { file, words: rest }, run: ["run"] }),
      );
      const [, value = ""] = /^Exec=(.*)$/m.exec(entry) ?? [];
      expect(readExec(value)).toEqual([...given, "run"]);
    }),
  );
});

/** Takes a command line apart as Windows' CommandLineToArgvW does, after the program itself. */
function readWindowsLine(line: string): string[] {
  const found: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    const after = line[at + slashes];
    if (slashes > 0 && after === '"') {
      word = (word ?? "") + "\\".repeat(Math.floor(slashes / 2));
      at += slashes;
      if (slashes % 2 === 1) word += '"';
      else isQuoted = !isQuoted;
    } else if (slashes > 0) {
      word = (word ?? "") + "\\".repeat(slashes);
      at += slashes - 1;
    } else if (line[at] === '"') {
      word ??= "";
      isQuoted = !isQuoted;
    } else if (/[ \t]/.test(line[at] ?? "") && !isQuoted) {
      if (word !== null) found.push(word);
      word = null;
    } else word = (word ?? "") + (line[at] ?? "");
  }
  return word === null ? found : [...found, word];
}

test("Windows reads back the words it was given, whatever is in them", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().filter((text) => !/[\n\r\0\v\f]/.test(text)),
        { maxLength: 5 },
      ),
      (given) => {
        expect(readWindowsLine(given.map(quoteWindowsWord).join(" "))).toEqual(given);
      },
    ),
  );
  expect(quoteWindowsWord("C:\\a b\\")).toBe('"C:\\a b\\\\"');
});

test("the task runs at this person's sign-in, with their rights, without a window", () => {
  const program = { file: "C:\\Program Files\\é & co\\node.exe", words: ["C:\\a b\\bin.js"] };
  const task = writeTask(makePlace("win32", { program }).program, ["run"], "OFFICE\\zoé & <co>");
  expect(task).toContain("<UserId>OFFICE\\zoé &amp; &lt;co&gt;</UserId>");
  expect(task).toContain("<LogonType>InteractiveToken</LogonType>");
  expect(task).toContain("<RunLevel>LeastPrivilege</RunLevel>");
  expect(task).toContain("<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>");
  expect(task).toContain("<Command>%SystemRoot%\\System32\\conhost.exe</Command>");
  expect(task).toContain(
    "<Arguments>--headless &quot;C:\\Program Files\\é &amp; co\\node.exe&quot; &quot;C:\\a b\\bin.js&quot; run</Arguments>",
  );
});

test("the LaunchAgent names each word by itself, and runs in the desktop session", () => {
  const program = { file: "/Applications/é & co/node", words: ["/a <b>.js"] };
  const plist = writeLaunchAgent(makePlace("darwin", { program, run: ["run"] }));
  expect(plist).toContain(
    "<string>/Applications/é &amp; co/node</string>\n    <string>/a &lt;b&gt;.js</string>\n    <string>run</string>",
  );
  expect(plist).toContain("<key>LimitLoadToSessionType</key>\n  <string>Aqua</string>");
});

test("what starts it later is what runs now: Node with its options and the script's real place, or the one file", () => {
  const script = new URL("../../../agent/bin.js", import.meta.url).pathname;
  const started = {
    execPath: "/usr/bin/node",
    execArgv: ["--import", "x"],
    script,
    isSingleFile: false,
  };
  expect(programOf(started)).toEqual({ file: "/usr/bin/node", words: ["--import", "x", script] });
  expect(programOf({ ...started, execPath: "/opt/etabli", isSingleFile: true })).toEqual({
    file: "/opt/etabli",
    words: [],
  });
});
