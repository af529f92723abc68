import type { Program } from "./program.ts";
import { escapeXml } from "./write-xml.ts";

/** Tasks of all people of a machine are in one list, so each name has its person. */
export function taskName(user: string): string {
  return `Etabli agent (${user})`;
}

/** Where programs of one person are named that start with their session. */
export const RUN_KEY = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run";
export const RUN_VALUE = "Etabli agent";

/**
 * The scheduled task: at this person's sign-in, in their session, with their rights and no more. Not a service: a
 * service cannot see the desktop.
 * @param user `DOMAIN\\name`
 */
export function writeTask(program: Program, run: readonly string[], user: string): string {
  const [command = "", ...words] = withoutWindow(program, run);
  const person = escapeXml(user);
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Établi: records at this workstation what was agreed on. Made by "etabli install".</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${person}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${person}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>999</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(command)}</Command>
      <Arguments>${escapeXml(words.map(quoteWindowsWord).join(" "))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

/** The same as one command line, for the registry. */
export function writeRunLine(program: Program, run: readonly string[]): string {
  return withoutWindow(program, run).map(quoteWindowsWord).join(" ");
}

/** A console program started without a console gets a window of its own; conhost gives it one that is not shown. */
function withoutWindow({ file, words }: Program, run: readonly string[]): readonly string[] {
  return ["%SystemRoot%\\System32\\conhost.exe", "--headless", file, ...words, ...run];
}

/** A word as CommandLineToArgvW reads it back. */
export function quoteWindowsWord(word: string): string {
  if (word !== "" && !/[\s"]/.test(word)) return word;
  const escaped = word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1");
  return `"${escaped}"`;
}
