import { z } from "zod";

export const CONTENTS_FILE = "contents.json";

/** What the single file carries besides the program. */
export const contents = z.strictObject({
  /** Names exactly these files in this state. */
  build: z.string().regex(/^[0-9a-f]{16}$/),
  /** `lmdb.node`, `desk/index.html`, … */
  files: z.array(z.string()),
});
export type Contents = z.infer<typeof contents>;
