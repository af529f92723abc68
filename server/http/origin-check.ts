import { Problem } from "#schema/problem";

/**
 * Refuses a change another site's page asks for in the name of who is signed in. Browsers say where a change comes
 * from in Origin, or in Sec-Fetch-Site, which pages cannot write; a program that sends neither is no browser, so
 * nobody's cookie was added behind their back.
 * @throws Problem `forbidden`
 */
export function checkOrigin(headers: Headers, origins: readonly string[]): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const fromHere =
    origin === null ? site === null || site === "same-origin" : origins.includes(origin);
  if (!fromHere) throw new Problem("forbidden", "This request came from another site's page.");
}
