import type { CommandEntry } from "../command.ts";
import { readRunSettings, writeRunWords } from "../run-settings.ts";
import { UsageError } from "../usage-error.ts";

export const setUpCommands: readonly CommandEntry[] = [
  {
    words: "enrol",
    group: "Set-up",
    operands: "<server> <one-time code>",
    count: [2, 2],
    summary: "make this workstation known to your site",
    options: ["person", "shared", "name", "replace"],
    notes:
      "With --shared each person enrols with a name and a passphrase, which encrypts what is kept here.\nA lost passphrase is lost: that person enrols anew.",
    examples: [
      ["enrol https://etabli.example.org ABCD-EFGH-JKLM", "this workstation is yours"],
      [
        "enrol https://etabli.example.org ABCD-EFGH-JKLM --shared --name claire",
        "you are one of several at it",
      ],
    ],
    read({ words, given }) {
      const [server = "", code = ""] = words;
      const { person, name } = given;
      if (given.shared && name === undefined)
        throw new UsageError("Under which name will you sign in here? Add --name claire");
      if (!given.shared && name !== undefined)
        throw new UsageError("--name goes with --shared: people sign in on shared machines only.");
      return {
        name: "enrol",
        server,
        code,
        replace: given.replace ?? false,
        ...(person !== undefined && { person }),
        ...(name !== undefined && { signInName: name }),
      };
    },
  },
  {
    words: "run",
    group: "Set-up",
    summary: "record and send, until stopped with Ctrl+C",
    options: ["desk-port", "gateway-port", "seal-every", "folder"],
    notes:
      "ETABLI_DESK_PORT and ETABLI_GATEWAY_PORT say the same as the options.\nWhat it writes speaks of its own state, never of what is recorded.",
    examples: [
      ["run", "in this terminal"],
      ["run --gateway-port off", "without the door for ActivityWatch programs"],
    ],
    read: (line) => ({ name: "run", ...readRunSettings(line.given, line.env) }),
  },
  {
    words: "install",
    group: "Set-up",
    summary: "start it whenever you sign in to this machine, without administrator rights",
    options: ["desk-port", "gateway-port", "seal-every", "folder", "dry-run"],
    notes:
      "A systemd user unit on Linux, else a desktop autostart entry; a LaunchAgent on macOS; a scheduled task on Windows.\nDone again, it is brought up to date.",
    examples: [
      ["install --dry-run", "see each file and each command first"],
      ["install", "and do it"],
    ],
    read: ({ given, env }) => ({
      name: "install",
      dryRun: given["dry-run"] ?? false,
      run: writeRunWords(readRunSettings(given, env)),
    }),
  },
  {
    words: "uninstall",
    group: "Set-up",
    summary: "stop it and take away what install made; your data stays",
    options: ["dry-run", "delete-data", "yes"],
    optionHelp: { yes: "with --delete-data: do not ask again" },
    examples: [
      ["uninstall", "what is recorded and not sent yet stays on this machine"],
      ["uninstall --delete-data", "asks, and deletes that too"],
    ],
    read: ({ given }) => ({
      name: "uninstall",
      dryRun: given["dry-run"] ?? false,
      deleteData: given["delete-data"] ?? false,
      yes: given.yes ?? false,
    }),
  },
  {
    words: "doctor",
    group: "Set-up",
    summary: "what works here, what does not, why, and what to do",
    options: ["json"],
    notes: "Exit code 1 when something fails.",
    examples: [["doctor", "looks, and changes nothing"]],
    read: ({ given }) => ({ name: "doctor", json: given.json ?? false }),
  },
];
