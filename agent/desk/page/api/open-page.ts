import { enterWith } from "./ask-agent.ts";

/** As the agent makes them. */
const ticketShape = /^#[\w-]{43}$/;

/** Takes the one-time ticket out of the address, before anything else can see it. */
function takeTicket(): string | null {
  const { hash, pathname, search } = location;
  if (!ticketShape.test(hash)) return null;
  history.replaceState(null, "", pathname + search);
  return hash.slice(1);
}

/** Comes in with the ticket of the address, if there is one. @returns the code of what went wrong, or null */
export async function openPage(): Promise<string | null> {
  // A new link opened in this very tab changes the address alone.
  window.addEventListener("hashchange", () => {
    if (ticketShape.test(location.hash)) location.reload();
  });
  const ticket = takeTicket();
  return ticket === null ? null : await enterWith(ticket);
}
