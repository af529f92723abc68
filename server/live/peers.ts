import type { Server } from "node:http";
import { BlockList, isIPv6 } from "node:net";

/**
 * Drops connections that come neither from this machine nor from the named proxy: without TLS of our own, whoever
 * reached the port past the proxy would speak in clear.
 * @param proxies addresses, or networks in CIDR form
 * @throws when one of them is neither
 */
export function guardPeers(server: Server, proxies: readonly string[]): void {
  const allowed = listPeers(proxies);
  server.on("connection", (socket) => {
    const address = socket.remoteAddress?.replace(/^::ffff:/i, "");
    if (!address || !allowed.check(address, isIPv6(address) ? "ipv6" : "ipv4")) socket.destroy();
  });
}

/** This machine and the proxies, as a list to check addresses against. */
export function listPeers(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  list.addSubnet("127.0.0.0", 8);
  list.addAddress("::1", "ipv6");
  for (const proxy of proxies) {
    const [address = "", prefix] = proxy.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
