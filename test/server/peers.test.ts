import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { believe } from "#server/http/address";
import { guardPeers, listProxies } from "#server/peers";

const proxies = listProxies(["10.1.2.3", "192.168.0.0/16", "fd00::/8"]);
let server: Server | undefined;

afterEach(() => server?.close());

test("attempts are counted against the address the proxy saw", () => {
  expect(believe("10.1.2.3", "203.0.113.9", proxies)).toBe("203.0.113.9");
  expect(believe("::ffff:10.1.2.3", "203.0.113.9", proxies)).toBe("203.0.113.9");
});

test("behind two proxies the nearest address that is neither counts", () => {
  expect(believe("10.1.2.3", "203.0.113.9, 192.168.7.7", proxies)).toBe("203.0.113.9");
});

test("what a caller writes into the header before it reaches the proxy changes nothing", () => {
  expect(believe("10.1.2.3", "1.1.1.1, 203.0.113.9", proxies)).toBe("203.0.113.9");
  expect(believe("10.1.2.3", "10.1.2.3, 203.0.113.9", proxies)).toBe("203.0.113.9");
});

test("a caller that is no proxy is counted by its own address, whatever it writes", () => {
  expect(believe("203.0.113.9", "1.1.1.1", proxies)).toBe("203.0.113.9");
  expect(believe("203.0.113.9", "not an address", proxies)).toBe("203.0.113.9");
});

test("a proxy's name that is no address is refused, saying what is expected", () => {
  expect(() => listProxies(["proxy.example"])).toThrow(
    /TRUSTED_PROXY: proxy.example is not an address/,
  );
});

test("this machine itself is let in without being named", async () => {
  server = createServer((_request, response) => response.end("in"));
  guardPeers(server, listProxies([]));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("in");
});
