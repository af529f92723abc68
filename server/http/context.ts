import type { BlockList } from "node:net";
import type { Logger } from "pino";
import type { Archive } from "#schema/archive";
import type { Day } from "#schema/day";
import type { SiteMode } from "#schema/endpoints";
import type { CharterInForce } from "#schema/live";
import type { RandomBytes } from "#server/access/token";
import type { Store } from "#server/database/store";

/** What a site says of itself to everyone. */
export interface SiteFacts {
  id: string;
  mode: SiteMode;
  zone: string;
  kind: Store["kind"];
}

/** All that the HTTP side needs of the rest of the server. */
export interface HttpContext {
  store: Store;
  site: SiteFacts;
  clock: () => Date;
  random: RandomBytes;
  /** The exact origins pages of this site have, `https://etabli.example`. */
  origins: readonly string[];
  /** Where the reverse proxy connects from; its X-Forwarded-For is believed. */
  proxies: BlockList;
  /** The folder of the built dashboard; null when it has not been built. */
  dashboardFolder: string | null;
  /** Whether that workstation has a live connection now. */
  connected: (workstation: string) => boolean;
  /** Ends the live connections of a session (hash in hex). */
  endSession: (tokenHashHex: string) => void;
  charterInForce: () => CharterInForce;
  readDay: (person: string, date?: string) => Promise<Day>;
  readArchive: (person: string) => Promise<Archive>;
  /** Ends the live connections of these workstations. */
  revokeConnections: (workstations: string[]) => void;
  /** Tells the connected workstations of these people that their planned hours are others now. */
  tellHoursChanged: (people: string[]) => void;
  log: Logger;
}
