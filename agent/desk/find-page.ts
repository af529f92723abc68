import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the built page: beside the built agent, or in dist/ when the agent runs from its source. */
export function findDeskPage(): string {
  const besideBuild = fileURLToPath(new URL("./desk/index.html", import.meta.url));
  const folder = existsSync(besideBuild) ? "./desk/" : "../../dist/desk/";
  return fileURLToPath(new URL(folder, import.meta.url));
}
