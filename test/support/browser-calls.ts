import type { Page } from "@playwright/test";
import type { Caller } from "#schema/endpoint";
import { endpoints } from "#schema/endpoints";
import type { Role } from "#schema/role";

/** Asks an address of the site from within a page, with the page's own cookie and origin. */
export async function askFrom(
  page: Page,
  method: string,
  path: string,
): Promise<{ status: number; text: string }> {
  return await page.evaluate(
    async (request) => {
      const response = await fetch(request.path, {
        method: request.method,
        headers: { "content-type": "application/json" },
        ...(request.method !== "GET" && { body: "{}" }),
      });
      return { status: response.status, text: await response.text() };
    },
    { method, path },
  );
}

/** What the table of endpoints opens to others, but not to that role. */
export function closedTo(role: Role) {
  const isOpen = (who: Caller) => typeof who === "string" || who.includes(role);
  return Object.values(endpoints).filter(({ who }) => !isOpen(who));
}

/** What a browser writes to its console when an answer is 403, 404 or another of these. */
export const refusedRequest = /Failed to load resource: .* status of (400|401|403|404)/;

/** Keeps the bodies of all that the site's endpoints answer to a page from now on. */
export function keepAnswers(page: Page): { bodies: () => Promise<string[]> } {
  const kept: Promise<string>[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.startsWith("/api/")) kept.push(response.text());
  });
  return { bodies: () => Promise.all(kept) };
}

/** Keeps what comes in on the WebSockets a page opens from now on. */
export function keepFrames(page: Page): { opened: string[]; received: string[] } {
  const kept = { opened: [] as string[], received: [] as string[] };
  page.on("websocket", (socket) => {
    kept.opened.push(socket.url());
    socket.on("framereceived", ({ payload }) => kept.received.push(String(payload)));
  });
  return kept;
}
