/** A page of the web is more than "a browser" when a watcher in the browser says what it is. */
const BROWSER = "browser";

/** What is known of the application in front, each as a category. */
export interface Told {
  /** By the agent's own sensor: null when nothing is in front, undefined when the sensor is blind or off. */
  own: string | null | undefined;
  /** By a watcher at the gateway; null when none tells. */
  window: string | null;
  /** The page in front in the browser, by a watcher at the gateway; null when none is known. */
  tab: string | null;
}

/**
 * Which category counts as in front: the agent's own sensor before the gateway's watcher, and in a browser the page.
 * A page alone says nothing, as its browser may lie behind. Null when nothing is in front, or nothing is known.
 */
export function arbitrate({ own, window, tab }: Told): string | null {
  const front = own === undefined ? window : own;
  return front === BROWSER && tab !== null ? tab : front;
}
