import type { Context, Hono } from "hono";
import { z } from "zod";
import { Refusal } from "../refusal.ts";
import { readBody } from "./read-request.ts";

const MAX_KEY = 128;
const MAX_LETTERS = 1024 * 1024;

/**
 * Settings of ActivityWatch's own programs. They may hold anything, titles too, so they live in memory alone and end
 * with the agent.
 */
export function serveSettings(app: Hono): void {
  const settings = new Map<string, string>();

  app.get("/api/0/settings", (http) =>
    http.json(
      Object.fromEntries(
        [...settings].map(([key, text]): [string, unknown] => [key, JSON.parse(text)]),
      ),
    ),
  );

  app.get("/api/0/settings/:key", (http) => {
    http.header("Content-Type", "application/json");
    return http.body(settings.get(readKey(http)) ?? "null");
  });

  app.post("/api/0/settings/:key", async (http) => {
    const key = readKey(http);
    const text = JSON.stringify(await readBody(http, z.unknown()));
    const others = [...settings].filter(([name]) => name !== key);
    const letters = others.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (letters + text.length > MAX_LETTERS) throw new Refusal(413, "The settings are full.");
    settings.set(key, text);
    return http.json({}, 201);
  });

  app.delete("/api/0/settings/:key", (http) => {
    settings.delete(readKey(http));
    return http.json({});
  });
}

function readKey(http: Context): string {
  const key = http.req.param("key") ?? "";
  if (key.length >= MAX_KEY) throw new Refusal(400, "A key has fewer than 128 characters.");
  return key;
}
