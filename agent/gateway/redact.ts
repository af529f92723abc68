import { OTHER } from "../charter-guard.ts";
import { type RedactedData, shareData } from "./redacted-data.ts";

export interface Categories {
  categorise: (application: string) => string;
  categoriseSite: (url: string) => string | null;
  /** All categories there are. */
  known: ReadonlySet<string>;
}

/** What a page is whose host no rule names: it was in a browser. */
const BROWSER = "browser";

/**
 * What may be kept of an event of this type: an allow-list, so that a type not named here keeps nothing but its times.
 */
export function makeRedact(categories: Categories): (type: string, data: unknown) => RedactedData {
  return (type, data) => {
    switch (type) {
      case "currentwindow":
        return app(applicationCategory(categories, data));
      case "web.tab.current":
        return app(siteCategory(categories, data));
      case "afkstatus":
        return awayStatus(data);
      default:
        return nothing;
    }
  };
}

/** The same for data that may come out of an export of this gateway, where a category stands already. */
export function makeRestore(categories: Categories): (type: string, data: unknown) => RedactedData {
  const redact = makeRedact(categories);
  return (type, data) => {
    const name = readText(data, "app");
    const isRedacted = name !== undefined && Object.keys(Object(data)).length === 1;
    const hasCategory = type === "currentwindow" || type === "web.tab.current";
    if (hasCategory && isRedacted && categories.known.has(name)) return app(name);
    return redact(type, data);
  };
}

const nothing = shareData({});

function app(category: string | null): RedactedData {
  return category === null ? nothing : shareData({ app: category });
}

function applicationCategory({ categorise }: Categories, data: unknown): string | null {
  const name = readText(data, "app");
  // Watchers on Windows give the name of the file.
  return name === undefined ? null : categorise(name.replace(/\.exe$/i, ""));
}

function siteCategory({ categoriseSite, known }: Categories, data: unknown): string {
  const url = readText(data, "url");
  const isPrivate = readField(data, "incognito") === true;
  const named = url === undefined || isPrivate ? null : categoriseSite(url);
  return named ?? (known.has(BROWSER) ? BROWSER : OTHER);
}

function awayStatus(data: unknown): RedactedData {
  const status = readText(data, "status");
  return status === "afk" || status === "not-afk" ? shareData({ status }) : nothing;
}

function readField(data: unknown, name: string): unknown {
  return typeof data === "object" && data !== null
    ? Object.getOwnPropertyDescriptor(data, name)?.value
    : undefined;
}

function readText(data: unknown, name: string): string | undefined {
  const value = readField(data, name);
  return typeof value === "string" ? value : undefined;
}
