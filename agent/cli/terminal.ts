import type { Program } from "../service/program.ts";
import type { Look } from "./look.ts";

/** Where a command line comes from and where its answers go. */
export interface Terminal {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** Epoch ms. */
  now: () => number;
  /** IANA zone of this machine's clocks. */
  zone: string;
  look: Look;
  /** Data and answers. */
  print: (text: string) => void;
  /** Progress and troubles; never what was recorded. */
  say: (line: string) => void;
  /** Asks for something that must not be seen while it is typed. */
  askSecret: (prompt: string) => Promise<string>;
  /** Asks a question that is answered with yes or no; no where nobody can be asked. */
  confirm: (question: string) => Promise<boolean>;
  /** The very program that runs. */
  program: Program;
  /** Done when the person or the system wants the program to end. */
  interrupted: Promise<void>;
}
