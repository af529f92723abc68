import type { ParseArgsConfig } from "node:util";

/** Every option there is; which go with a command is said at the command. */
export const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  json: { type: "boolean" },

  queue: { type: "string" },
  task: { type: "string" },
  allotted: { type: "string" },
  due: { type: "string" },
  remaining: { type: "string" },
  origin: { type: "string" },
  scripted: { type: "boolean" },
  complexity: { type: "string" },
  "waiting-on": { type: "string" },

  for: { type: "string" },
  "until-shift-ends": { type: "boolean" },

  from: { type: "string" },
  to: { type: "string" },
  last: { type: "string" },
  kind: { type: "string" },
  label: { type: "string" },
  start: { type: "string" },
  end: { type: "string" },
  at: { type: "string" },
  until: { type: "string" },
  without: { type: "string", multiple: true },

  token: { type: "boolean" },
  "no-open": { type: "boolean" },

  person: { type: "string" },
  replace: { type: "boolean" },
  shared: { type: "boolean" },
  name: { type: "string" },

  folder: { type: "string" },
  "seal-every": { type: "string" },
  "desk-port": { type: "string" },
  "gateway-port": { type: "string" },

  "dry-run": { type: "boolean" },
  "delete-data": { type: "boolean" },
  yes: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

export type OptionName = keyof typeof options;

/** What was given on the command line, by option. */
export type Given = {
  [Name in OptionName]?: (typeof options)[Name] extends { multiple: true }
    ? string[]
    : (typeof options)[Name] extends { type: "boolean" }
      ? boolean
      : string;
};

/** How help writes an option, and what it is for; a command may have words of its own. */
export const optionHelp: Readonly<Record<OptionName, readonly [string, string]>> = {
  help: ["--help", "this text"],
  version: ["--version", "the version of this program"],
  json: ["--json", "one JSON document instead of text"],
  queue: ["--queue <name>", "the queue of a contact; the same as the label"],
  task: ["--task <number>", "the number of the case or task at your site"],
  allotted: ["--allotted <time>", "time given for it: 5m, 1h30m, or seconds"],
  due: ["--due <time>", "its deadline: 14:30 today, or 2026-11-25T14:30:00+01:00"],
  remaining: ["--remaining <time>", "work still expected, by your own estimate: 20m, or minutes"],
  origin: ["--origin <who>", "imposed, chosen or peer"],
  scripted: ["--scripted", "it follows a script"],
  complexity: ["--complexity <1-3>", "1 routine, 2 ordinary, 3 made to measure"],
  "waiting-on": ["--waiting-on customer", "it waits for the customer"],
  for: ["--for <time>", "45m, 1h, or minutes; at most a day"],
  "until-shift-ends": ["--until-shift-ends", "until the end of the shift under way"],
  from: ["--from <time>", "10:00 today, or a whole time with its offset"],
  to: ["--to <time>", "the end, which itself stays"],
  last: ["--last <time>", "everything since so long ago: 10m, 1h"],
  kind: ["--kind <kind>", "another kind"],
  label: ["--label <label>", "another label"],
  start: ["--start <time>", "when it began"],
  end: ["--end <time>", "when it ended"],
  at: ["--at <time>", "when a mark was"],
  until: ["--until <time>", "when an interruption was over, or help came"],
  without: ["--without <field>", "take its label, task, origin, … away; may be repeated"],
  token: ["--token", "print the token for other programs of yours, and nothing else"],
  "no-open": ["--no-open", "print the address and open no browser"],
  person: ["--person <name>", "with a token for several people, the one this workstation is for"],
  replace: ["--replace", "give up the identity this workstation has"],
  shared: ["--shared", "several people take turns here, each with a passphrase of their own"],
  name: ["--name <name>", "the name you will sign in with here"],
  folder: ["--folder <path>", "the agent's folder, instead of $ETABLI_AGENT_HOME"],
  "seal-every": ["--seal-every <seconds>", "seconds between two batches (15)"],
  "desk-port": ["--desk-port <port>", "where the desk page is (7071, or one that is free)"],
  "gateway-port": ["--gateway-port <port|off>", "where ActivityWatch programs are let in (5600)"],
  "dry-run": ["--dry-run", "say what would be done, and do nothing"],
  "delete-data": ["--delete-data", "delete the agent's folder too, with all that was not sent"],
  yes: ["--yes", "do not ask again"],
};
