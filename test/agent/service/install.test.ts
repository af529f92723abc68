import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockAgentFolder } from "#agent/folder-lock";
import { deleteData, describeData } from "#agent/service/delete-data";
import { installSteps, stopSteps } from "#agent/service/install";
import { carryOut, describeSteps } from "#agent/service/step";
import { uninstallSteps } from "#agent/service/uninstall";
import { makeFolder } from "../folder.ts";
import { makeMachine, makePlace } from "./place.ts";

const NONE = { code: 1, out: "" };
const unit = "/home/zoé/.config/systemd/user/etabli-agent.service";
const entry = "/home/zoé/.config/autostart/etabli-agent.desktop";

function installOn(place: ReturnType<typeof makePlace>, made: ReturnType<typeof makeMachine>) {
  carryOut(stopSteps(place, made.machine), made.machine);
  const { steps, told } = installSteps(place, made.machine);
  made.done.length = 0;
  carryOut(steps, made.machine);
  return told;
}

test("Linux with a desktop under systemd: a user unit, started now and with each desktop", () => {
  const made = makeMachine();
  const told = installOn(makePlace("linux", { env: { DISPLAY: ":0" } }), made);
  expect(made.done).toEqual([
    `write ${unit}`,
    "run systemctl --user daemon-reload",
    "run systemctl --user reenable etabli-agent.service",
    "run systemctl --user import-environment DISPLAY",
    "run systemctl --user restart etabli-agent.service",
  ]);
  expect(made.written.get(unit)).toContain("WantedBy=graphical-session.target");
  expect(told).toContain("journalctl --user -u etabli-agent");
});

test("a window manager that tells systemd nothing: with the session, and what to add is said", () => {
  const made = makeMachine({ "systemctl --user is-active graphical-session.target": NONE });
  const told = installOn(makePlace("linux", { env: { DISPLAY: ":0", XAUTHORITY: "/x" } }), made);
  expect(made.written.get(unit)).toContain("WantedBy=default.target");
  expect(told).toContain("systemctl --user import-environment DISPLAY XAUTHORITY");
});

test("set up from afar, without a desktop at hand: it waits for the desktop", () => {
  const made = makeMachine({ "systemctl --user is-active graphical-session.target": NONE });
  const told = installOn(makePlace("linux"), made);
  expect(made.written.get(unit)).toContain("WantedBy=graphical-session.target");
  expect(made.done).not.toContain("run systemctl --user restart etabli-agent.service");
  expect(told).toContain("from the next sign-in on");
});

test("no user manager: a desktop autostart entry; later with one: the unit in its place", () => {
  const made = makeMachine({ "systemctl --user show": { code: null, out: "" } });
  expect(installOn(makePlace("linux"), made)).toContain("no systemd user manager");
  expect(made.done).toEqual([`write ${entry}`]);
  const later = makeMachine({}, [entry]);
  installOn(makePlace("linux"), later);
  expect(later.done.slice(0, 2)).toEqual([`remove ${entry}`, `write ${unit}`]);
});

test("installed twice is installed once, and uninstalled it leaves nothing of what install made", () => {
  for (const platform of ["linux", "darwin"] as const) {
    const place = makePlace(platform);
    const made = makeMachine();
    installOn(place, made);
    const once = new Map(made.written);
    installOn(place, made);
    expect(made.written).toEqual(once);
    carryOut(uninstallSteps(place, made.machine), made.machine);
    expect([...made.present]).toEqual([]);
    expect(uninstallSteps(place, made.machine)).toEqual([]);
  }
});

test("a program of the system that does not do its part ends it, with its words", () => {
  const { machine } = makeMachine({
    "systemctl --user reenable": { code: 1, out: "Access denied" },
  });
  const { steps } = installSteps(makePlace("linux"), machine);
  expect(() => carryOut(steps, machine)).toThrow(
    '"systemctl --user reenable etabli-agent.service" did not work. Access denied',
  );
});

test("macOS: what ran before is taken out, then the agent is put into the desktop session", () => {
  const made = makeMachine();
  expect(stopSteps(makePlace("darwin"), made.machine)).toEqual([
    { kind: "run", command: ["launchctl", "bootout", "gui/1000/org.etabli.agent"], mayFail: true },
  ]);
  installOn(makePlace("darwin"), made);
  expect(made.done).toEqual([
    "write /home/zoé/Library/LaunchAgents/org.etabli.agent.plist",
    "run launchctl enable gui/1000/org.etabli.agent",
    "run launchctl bootstrap gui/1000 /home/zoé/Library/LaunchAgents/org.etabli.agent.plist",
  ]);
});

test("Windows: a task of this person; where tasks are forbidden, the list of programs of their session", () => {
  const place = makePlace("win32", { env: { TEMP: "C:\\T", USERDOMAIN: "OFFICE" } });
  const made = makeMachine({ "schtasks /Query": NONE, "reg query": NONE });
  installOn(place, made);
  expect(made.done).toEqual([
    "write C:\\T\\etabli-agent-task.xml",
    "run schtasks /Create /TN Etabli agent (zoé) /XML C:\\T\\etabli-agent-task.xml /F",
    "remove C:\\T\\etabli-agent-task.xml",
    "run schtasks /Run /TN Etabli agent (zoé)",
  ]);
  const { otherwise } = installSteps(place, made.machine);
  expect(describeSteps(otherwise?.steps ?? [])).toContain("reg add");
  expect(uninstallSteps(place, made.machine)).toEqual([]);
  const installed = makeMachine({ "reg query": NONE });
  expect(describeSteps(uninstallSteps(place, installed.machine))).toContain("schtasks /Delete");
});

test("before it is done it can be read: each file with its text, each command", () => {
  const { machine } = makeMachine();
  const text = describeSteps(installSteps(makePlace("linux"), machine).steps);
  expect(text).toContain(`write  ${unit}\n       | # Made by "etabli install"`);
  expect(text).toContain("run    systemctl --user daemon-reload\n");
});

test("only a folder that is the agent's alone is deleted, and none in which an agent runs", () => {
  const folder = join(makeFolder(), "agent");
  expect(describeData(folder)).toBeNull();
  mkdirSync(folder);
  writeFileSync(join(folder, "letter.txt"), "mine");
  expect(() => deleteData(folder)).toThrow("Nothing was deleted");
  expect(existsSync(join(folder, "letter.txt"))).toBe(true);
  writeFileSync(join(folder, "identity.json"), "{}");
  expect(describeData(folder)).toContain("what was not sent yet");
  const unlock = lockAgentFolder(folder);
  expect(() => deleteData(folder)).toThrow("already runs");
  expect(existsSync(join(folder, "identity.json"))).toBe(true);
  unlock();
  writeFileSync(join(folder, "outbox.mdb"), "");
  expect(deleteData(folder)).toEqual(["letter.txt"]);
  expect(readdirSync(folder)).toEqual(["letter.txt"]);

  const own = join(makeFolder(), "agent");
  mkdirSync(own);
  writeFileSync(join(own, "identity.json"), "{}");
  expect(deleteData(own)).toEqual([]);
  expect(existsSync(own)).toBe(false);
});
