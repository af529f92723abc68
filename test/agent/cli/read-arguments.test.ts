import { expect, test } from "vitest";
import { read, request } from "./line.ts";

test("every gesture of a working day is one short line", () => {
  const lines: [string, object][] = [
    ["task start contact billing", { command: "task-start", kind: "contact", label: "billing" }],
    [
      'task start research "printer setup" --task 4711',
      { command: "task-start", kind: "research", label: "printer setup", task: "4711" },
    ],
    [
      "task switch contact --queue chat --allotted 5m --scripted --complexity 3 --origin imposed --waiting-on customer",
      {
        command: "task-switch",
        kind: "contact",
        label: "chat",
        allotted: 300,
        scripted: true,
        complexity: 3,
        origin: "imposed",
        waitingOn: "customer",
      },
    ],
    [
      "task start case --due 14:30 --remaining 40m --allotted 300",
      {
        command: "task-start",
        kind: "case",
        due: "2026-11-25T14:30:00.000+01:00",
        remaining: 40,
        allotted: 300,
      },
    ],
    ["task park", { command: "task-park" }],
    ["task back", { command: "task-back" }],
    ["task back --task 4711", { command: "task-back", task: "4711" }],
    ["back", { command: "task-back" }],
    ["task stop", { command: "task-stop" }],
    ["mark interrupt", { command: "mark", kind: "interrupt" }],
    ["mark interrupt colleague", { command: "mark", kind: "interrupt", label: "colleague" }],
    ["mark over", { command: "mark-end", kind: "interrupt" }],
    ["mark conflict", { command: "mark", kind: "priority_conflict" }],
    ["mark difficult --task 4711", { command: "mark", kind: "difficult_contact", task: "4711" }],
    ["mark off-script unforeseen", { command: "mark", kind: "off_script", label: "unforeseen" }],
    ["mark help network", { command: "mark", kind: "help_request", label: "network" }],
    ["mark answered", { command: "mark-end", kind: "help_request" }],
    [
      "mark deadline --due 16h05 --remaining 1h30m",
      { command: "mark", kind: "deadline", due: "2026-11-25T16:05:00.000+01:00", remaining: 90 },
    ],
    [
      "mark training-cancelled staffing",
      { command: "mark", kind: "training_cancelled", label: "staffing" },
    ],
    ["mark incident crm", { command: "task-switch", kind: "tech_incident", label: "crm" }],
    ["pause", { command: "pause", until: 30 }],
    ["pause 60", { command: "pause", until: 60 }],
    ["pause --for 1h30m", { command: "pause", until: 90 }],
    ["pause --until-shift-ends", { command: "pause", until: "shift" }],
    ["private", { command: "pause", until: "resumed" }],
    ["resume", { command: "resume" }],
    ["category focus off", { command: "category", id: "focus", on: false }],
    ["hold-back 45", { command: "hold-back", minutes: 45 }],
    ["status", { command: "status" }],
    ["held", { command: "held" }],
    ["held show 1/42", { command: "held" }],
    [
      "held delete --from 09:00 --to 09:10",
      {
        command: "held-delete",
        from: "2026-11-25T09:00:00.000+01:00",
        to: "2026-11-25T09:10:00.000+01:00",
      },
    ],
    [
      "held delete --last 10m",
      {
        command: "held-delete",
        from: "2026-11-25T09:50:00.000+01:00",
        to: "2026-11-25T10:00:00.000+01:00",
      },
    ],
    [
      "held correct open/12 --kind research --without label --end 9:40",
      {
        command: "held-correct",
        id: "open/12",
        change: { kind: "research", label: null, end: "2026-11-25T09:40:00.000+01:00" },
      },
    ],
    [
      "held correct open/13 --until 9:45 --due 16:00 --remaining 1h",
      {
        command: "held-correct",
        id: "open/13",
        change: {
          until: "2026-11-25T09:45:00.000+01:00",
          due: "2026-11-25T16:00:00.000+01:00",
          remaining: 60,
        },
      },
    ],
    [
      "held correct 1/42/0 --allotted 5m --scripted --complexity 3",
      {
        command: "held-correct",
        id: "1/42/0",
        change: { allotted: 300, scripted: true, complexity: 3 },
      },
    ],
    [
      "held correct open/13 --without until,due,remaining,allotted,scripted,complexity",
      {
        command: "held-correct",
        id: "open/13",
        change: {
          ...{ until: null, due: null, remaining: null },
          ...{ allotted: null, scripted: null, complexity: null },
        },
      },
    ],
    ["mirror", { command: "mirror" }],
    ["mirror show 2/7", { command: "mirror-batch", epoch: 2, seq: 7 }],
    ["compare", { command: "compare" }],
    ["refused", { command: "refused" }],
    ["signout", { command: "signout" }],
    ["signin claire", { name: "sign-in", signInName: "claire", json: false }],
    ["desk", { name: "desk", token: false, open: true }],
    ["desk --no-open", { name: "desk", token: false, open: false }],
    ["doctor --json", { name: "doctor", json: true }],
  ];
  for (const [line, meant] of lines) expect(request(line), line).toEqual(meant);
});

test("what cannot be meant is refused with the reason and an example, never guessed", () => {
  const wrong: [string, string][] = [
    ["", "Say what to do"],
    ["dance", 'no command "dance"'],
    ["task", '"task" goes on with one of: start, switch, park, back, stop'],
    ["task start", "needs more words: <kind> [label]"],
    ["task start sleeping", "kind"],
    ["task start contact a b", "Put a name of several words in quotes"],
    ["task start contact x --queue y", "stands twice"],
    ["task start contact http://example.org/x", "label"],
    ["task start case --due 09:30", "09:30 has passed today. Another day: 2026-11-26T09:30"],
    ["task start case --due 25:00", "--due takes a time of today like 14:30"],
    ["task start case --due tomorrow", "--due takes a time of today like 14:30"],
    ["task start case --due 2026-02-31T10:00:00Z", "--due takes a time of today"],
    ["task start case --allotted soon", "--allotted takes a length of time"],
    ["task start case --complexity 4", "--complexity is 1"],
    ["mark deadline", "Add --due"],
    ["mark interrupt-me", '"mark" goes on with'],
    ["pause 30 --for 60", "only once"],
    ["pause 0", "1 to 1440"],
    ["pause 2d", "length of time"],
    ["category focus maybe", '"on" or "off"'],
    ["category everything on", "id"],
    ["hold-back 2000", "0 to 1440"],
    ["held delete", "--from 10:00 --to 10:10"],
    [
      "held delete --from 23:00 --to 23:10",
      "23:00 lies ahead today. Another day: 2026-11-24T23:00",
    ],
    ["held delete --from 09:10 --to 09:00", "before"],
    ["held delete --last 10m --to 09:00", "--last, or --from and --to"],
    ["held correct open/1", "What is to be put right"],
    ["held correct first --label x", "id"],
    ["held correct open/1 --without kind", "--without takes label, task, origin"],
    ["held correct open/1 --label x --without label", "contradict"],
    ["held correct open/1 --until 23:00", "23:00 lies ahead today"],
    ["held correct open/1 --complexity 4", "--complexity is 1"],
    ["mirror show 12", "its epoch, a slash, its number"],
    ["status --replace", "--replace does not go"],
    ["run --seal-every soon", "--seal-every"],
    ["run --desk-port off", "--desk-port takes a port"],
    ["run --gateway-port 70000", "0 to 65535"],
    ["enrol https://etabli.example.org", "needs more"],
    ["enrol https://etabli.example.org CODE --shared", "Add --name"],
    ["enrol https://etabli.example.org CODE --name claire", "--name goes with --shared"],
    ["--bogus", "bogus"],
  ];
  for (const [line, reason] of wrong) expect(() => read(line), line).toThrow(reason);
});

test("the ports come from the options, else the environment, else they are the usual ones", () => {
  const env = { ETABLI_DESK_PORT: "8000", ETABLI_GATEWAY_PORT: "off" };
  const usual = { name: "run", sealEverySeconds: 15, deskPort: null, gatewayPort: null };
  expect(read("run")).toEqual(usual);
  expect(read("run", env)).toEqual({ ...usual, deskPort: 8000, gatewayPort: "off" });
  expect(read("run --desk-port 0 --gateway-port 5666", env)).toEqual({
    ...usual,
    deskPort: 0,
    gatewayPort: 5666,
  });
  expect(() => read("run", { ETABLI_DESK_PORT: "many" })).toThrow("ETABLI_DESK_PORT takes a port");
});

test("what starts the agent later names what it was installed with, and nothing that is usual", () => {
  expect(read("install")).toEqual({ name: "install", dryRun: false, run: ["run"] });
  expect(
    read("install --folder /a --gateway-port off", { ETABLI_DESK_PORT: "8000" }),
  ).toMatchObject({
    run: ["run", "--folder", "/a", "--desk-port", "8000", "--gateway-port", "off"],
  });
});

test("enrolling a shared workstation takes the name, never a passphrase on the command line", () => {
  expect(read("enrol https://s.example CODE --shared --name claire")).toEqual({
    name: "enrol",
    server: "https://s.example",
    code: "CODE",
    replace: false,
    signInName: "claire",
  });
  expect(() =>
    read("enrol https://s.example CODE --shared --name claire --passphrase x"),
  ).toThrow();
  expect(() => read("signin claire secret")).toThrow("a word too many");
});
