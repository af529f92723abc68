import { type BlockList, isIP, isIPv6 } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * Whom to count attempts against: the address of the socket or, where that is the named proxy, the one the proxy saw.
 * A header from anyone else is not believed. Of an IPv6 address the first 64 bits, which is what one customer gets.
 * Calls without a socket share one budget.
 */
export function addressOf(http: Context, proxies: BlockList): string {
  const bindings: { incoming?: unknown } | undefined = http.env;
  if (bindings?.incoming === undefined) return "no socket";
  const socket = plainAddress(getConnInfo(http).remote.address ?? "");
  return networkOf(believe(socket, http.req.header("x-forwarded-for"), proxies));
}

/** The nearest address on the way here that is not one of our proxies. */
export function believe(socket: string, forwarded: string | undefined, proxies: BlockList): string {
  const way = [...(forwarded?.split(",") ?? []), socket].map((hop) => plainAddress(hop.trim()));
  const isProxy = (hop: string) =>
    isIP(hop) !== 0 && proxies.check(hop, isIPv6(hop) ? "ipv6" : "ipv4");
  while (way.length > 1 && isProxy(way.at(-1) ?? "")) way.pop();
  return way.at(-1) || "no socket";
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** An IPv4 address as it is, an IPv6 address as its /64. */
export function networkOf(written: string): string {
  const address = plainAddress(written);
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = address.includes("::") ? [...left, ...zeros, ...right] : left;
  return `${groups.slice(0, 4).join(":")}::/64`;
}
