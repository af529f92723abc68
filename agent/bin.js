#!/usr/bin/env node
import { existsSync } from "node:fs";

// The built agent where there is one, else the sources as they are.
const built = new URL("../dist/agent.js", import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  const { register } = await import("tsx/esm/api");
  register();
  await import("./main.ts");
}
