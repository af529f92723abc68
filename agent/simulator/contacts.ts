import {
  afterContact,
  CHAT_PAIR_CHANCE,
  caseTypes,
  complexities,
  LONGEST_CONTACT,
} from "./figures.ts";
import type { Random } from "./random.ts";
import { type WorkLog, type WorkPiece, work } from "./work-log.ts";

/** One contact, or two chats at once, each with its notes after it; returns the task worked on last. */
export function handleContact(log: WorkLog, random: Random, nextTask: () => string): string {
  const first = drawContact(random, nextTask());
  if (!random.chance(CHAT_PAIR_CHANCE)) {
    const { seconds, ...details } = first;
    const contact = work(log, "contact", seconds, details);
    markContact(log, random, contact);
    writeNotes(log, random, contact);
    return first.task;
  }
  const second = drawContact(random, nextTask());
  const start = log.at;
  const { seconds, ...details } = first;
  const one = work(log, "contact", Math.max(60, seconds), details);
  const delay = random.between(0.2, 0.7) * (one.end - start);
  log.at = start + Math.round(delay / 1000) * 1000;
  const { seconds: secondSeconds, ...secondDetails } = second;
  const two = work(log, "contact", Math.max(60, secondSeconds), secondDetails);
  log.at = Math.max(one.end, two.end);
  markContact(log, random, one);
  markContact(log, random, two);
  writeNotes(log, random, one.end > two.end ? one : two);
  return second.task;
}

function drawContact(random: Random, task: string) {
  const type = random.pick(caseTypes.map((entry) => [entry, entry.share] as const));
  const complexity = random.pick(complexities.map((entry) => [entry, entry.share] as const));
  const length = random.lognormal(type.median, type.mean) * complexity.factor;
  return {
    seconds: Math.min(LONGEST_CONTACT, Math.max(5, length)),
    label: type.label,
    task,
    origin: "imposed" as const,
    allotted: type.allotted,
    scripted: random.chance(complexity.level === 3 ? 0.2 : 0.65),
    complexity: complexity.level,
  };
}

function markContact(log: WorkLog, random: Random, contact: WorkPiece): void {
  const task = contact.task === undefined ? {} : { task: contact.task };
  if (random.chance(0.04)) log.marks.push({ kind: "difficult_contact", at: contact.end, ...task });
  if (contact.scripted && random.chance(0.06)) {
    const middle = (contact.start + contact.end) / 2;
    log.marks.push({ kind: "off_script", at: Math.round(middle / 1000) * 1000, ...task });
  }
}

function writeNotes(log: WorkLog, random: Random, contact: WorkPiece): void {
  if (random.chance(0.06)) return;
  work(log, "acw", random.lognormal(afterContact.median, afterContact.mean), {
    ...(contact.label === undefined ? {} : { label: contact.label }),
    ...(contact.task === undefined ? {} : { task: contact.task }),
    origin: "imposed",
  });
}
