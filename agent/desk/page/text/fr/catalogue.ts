import type { catalogue as english } from "../en/catalogue.ts";
import { kinds } from "./kinds.ts";
import { left, waiting } from "./outgoing.ts";
import { light, page } from "./page.ts";
import { refusals, replies, troubles } from "./replies.ts";
import { recorded, work } from "./work.ts";

export const catalogue: typeof english = {
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
