import type { ApplicationRule } from "./application-rules.ts";
import { commonRules } from "./default-rules/everywhere.ts";
import { linuxRules } from "./default-rules/linux.ts";
import { macosRules } from "./default-rules/macos.ts";
import { windowsRules } from "./default-rules/windows.ts";

/** Common applications and sites of a customer-assistance desk. A person's own rules come before these. */
export const defaultRules: readonly ApplicationRule[] = [
  ...commonRules,
  ...macosRules,
  ...windowsRules,
  ...linuxRules,
];
