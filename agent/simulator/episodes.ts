import { episodes, INTERRUPTED_SHARE, LONGEST_EPISODE, resumption } from "./figures.ts";
import type { Random } from "./random.ts";
import { type WorkLog, type WorkPiece, work } from "./work-log.ts";

/** What may follow a contact before one is free for the next: a look-up, a case, a colleague, a tool that hangs. */
export function followContact(log: WorkLog, random: Random, task: string): void {
  const happens = (name: keyof typeof episodes) => random.chance(episodes[name].chance);
  const length = (name: keyof typeof episodes) =>
    Math.min(LONGEST_EPISODE, random.lognormal(episodes[name].median, episodes[name].mean));
  const declared = { source: "declared" as const };

  if (happens("tool_wait"))
    work(log, "tool_wait", length("tool_wait"), { label: pickTool(random), origin: "imposed" });
  if (happens("expert_consult")) {
    const asked = log.at;
    work(log, "research", random.lognormal(60, 110), { ...declared, task, origin: "chosen" });
    log.marks.push({ kind: "help_request", at: asked, until: log.at, task });
    work(log, "expert_consult", length("expert_consult"), { ...declared, task, origin: "chosen" });
  }
  if (happens("research"))
    cutInto(
      log,
      random,
      work(log, "research", length("research"), { ...declared, task, origin: "chosen" }),
    );
  if (happens("case"))
    cutInto(
      log,
      random,
      work(log, "case", length("case"), {
        ...declared,
        task,
        label: "dossier",
        origin: random.chance(0.5) ? "chosen" : "imposed",
        ...(random.chance(0.1) ? { waitingOn: "customer" } : {}),
      }),
    );
  if (happens("help_given")) {
    const asked = log.at;
    work(log, "help_given", length("help_given"), { ...declared, origin: "peer" });
    log.marks.push({ kind: "interrupt", at: asked, until: log.at, label: "colleague" });
  }
  if (happens("tech_incident"))
    work(log, "tech_incident", length("tech_incident"), {
      ...declared,
      label: pickTool(random),
      origin: "imposed",
    });
}

/** Marks an interruption of a stretch of desk work, for as many of them as the published share. */
export function cutInto(log: WorkLog, random: Random, piece: WorkPiece): void {
  if (piece.end - piece.start < 30_000 || !random.chance(INTERRUPTED_SHARE)) return;
  const at = piece.start + Math.floor((random.uniform() * (piece.end - piece.start)) / 1000) * 1000;
  const away = Math.max(3, Math.round(random.lognormal(resumption.median, resumption.mean)));
  log.marks.push({
    kind: "interrupt",
    at,
    until: at + away * 1000,
    label: random.pick([
      ["colleague", 40],
      ["system", 30],
      ["self", 20],
      ["contact", 10],
    ]),
    ...(piece.task === undefined ? {} : { task: piece.task }),
    origin: "imposed",
  });
}

function pickTool(random: Random): string {
  return random.pick([
    ["crm", 4],
    ["telephony", 2],
    ["billing", 2],
    ["remote_control", 1],
  ]);
}
