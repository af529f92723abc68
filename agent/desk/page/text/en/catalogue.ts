import { kinds } from "./kinds.ts";
import { left, waiting } from "./outgoing.ts";
import { light, page } from "./page.ts";
import { refusals, replies, troubles } from "./replies.ts";
import { recorded, work } from "./work.ts";

export const catalogue = {
  page,
  light,
  work,
  recorded,
  waiting,
  left,
  kinds,
  replies,
  refusals,
  troubles,
};
