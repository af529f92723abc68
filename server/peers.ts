import type { Server } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * The addresses, or networks in CIDR form, of the reverse proxies.
 * @throws when one of them is neither
 */
export function listProxies(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = "", prefix] = proxy.split("/");
    if (isIP(address) === 0)
      throw new Error(`TRUSTED_PROXY: ${proxy} is not an address, or a network like 10.0.0.0/8`);
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/**
 * Drops connections that come neither from this machine nor from a proxy: without TLS of our own, whoever reached the
 * port past the proxy would speak in clear.
 */
export function guardPeers(server: Server, proxies: BlockList): void {
  const here = new BlockList();
  here.addSubnet("127.0.0.0", 8);
  here.addAddress("::1", "ipv6");
  server.on("connection", (socket) => {
    const address = socket.remoteAddress?.replace(/^::ffff:/i, "") ?? "";
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (isIP(address) === 0 || !(here.check(address, family) || proxies.check(address, family)))
      socket.destroy();
  });
}
