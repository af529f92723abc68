import { setTimeout as delay } from "node:timers/promises";
import type { Hono } from "hono";
import type { Store } from "#server/database/store";

const READY_WITHIN_MS = 1000;

/** `/healthz`: the process is alive. `/readyz`: the database answers within a second. Neither says anything else. */
export function serveHealth(app: Hono, store: Store): void {
  app.get("/healthz", (http) => {
    http.header("Cache-Control", "no-store");
    return http.json({ alive: true });
  });
  app.get("/readyz", async (http) => {
    http.header("Cache-Control", "no-store");
    const ready = await answersInTime(store);
    return http.json({ ready }, ready ? 200 : 503);
  });
}

async function answersInTime(store: Store): Promise<boolean> {
  const stop = new AbortController();
  const answered = store.pool.query("select 1").then(
    () => true,
    () => false,
  );
  const late = delay(READY_WITHIN_MS, false, { signal: stop.signal }).catch(() => false);
  const ready = await Promise.race([answered, late]);
  stop.abort();
  return ready;
}
