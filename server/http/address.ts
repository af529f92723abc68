import { isIPv6 } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/**
 * Whom to count attempts against: the address of the socket, never a header anyone can write. Of an IPv6 address the
 * first 64 bits, which is what one customer gets. Calls without a socket share one budget.
 */
export function addressOf(http: Context): string {
  const bindings: { incoming?: unknown } | undefined = http.env;
  if (bindings?.incoming === undefined) return "no socket";
  return networkOf(getConnInfo(http).remote.address ?? "no socket");
}

/** An IPv4 address as it is, an IPv6 address as its /64. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = address.includes("::") ? [...left, ...zeros, ...right] : left;
  return `${groups.slice(0, 4).join(":")}::/64`;
}
