import { charter } from "./charter.ts";
import { day } from "./day.ts";
import { entry } from "./entry.ts";
import { kinds } from "./kinds.ts";
import { operator } from "./operator.ts";
import { roles } from "./roles.ts";
import { shell } from "./shell.ts";
import { technician } from "./technician.ts";

export const catalogue = { shell, entry, kinds, day, charter, technician, roles, operator };
