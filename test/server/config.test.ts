import { expect, test } from "vitest";
import { readConfig, readFlags, WrongConfig } from "#server/config";

test("without any variable the server listens on this machine alone, on an embedded store", () => {
  const config = readConfig({}, "real", "Europe/Paris");
  expect(config).toMatchObject({ host: "127.0.0.1", port: 7070, zone: "Europe/Paris" });
  expect(config.store).toEqual({ folder: expect.stringMatching(/data\/site\/database$/) });
});

test("each mode has a store of its own", () => {
  const folders = (["real", "demo", "replay"] as const).map(
    (mode) => readConfig({ ETABLI_DATA: "/srv/etabli" }, mode, "UTC").folder,
  );
  expect(folders).toEqual(["/srv/etabli/site", "/srv/etabli/demo", "/srv/etabli/replay"]);
});

test("everything wrong in the environment is said at once", () => {
  const wrong = { PORT: "eighty", DATABASE_URL: "mysql://x", HOST: "0.0.0.0" };
  expect(() => readConfig(wrong, "real", "UTC")).toThrow(WrongConfig);
  expect(() => readConfig(wrong, "real", "UTC")).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*HOST/);
});

test("an empty variable counts as not set", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "" }, "real", "UTC").port).toBe(7070);
});

test("listening beyond this machine needs TLS or a named proxy", () => {
  expect(() => readConfig({ HOST: "0.0.0.0" }, "real", "UTC")).toThrow(/TLS_CERT.*TRUSTED_PROXY/);
  const behindProxy = readConfig(
    { HOST: "0.0.0.0", TRUSTED_PROXY: "10.0.0.1, 10.0.0.2" },
    "real",
    "UTC",
  );
  expect(behindProxy.trustedProxies).toEqual(["10.0.0.1", "10.0.0.2"]);
  expect(() => readConfig({ TLS_CERT: "/cert.pem" }, "real", "UTC")).toThrow(/set both or neither/);
});

test("a certificate that is not there is said before anything starts", () => {
  const missing = { TLS_CERT: "/no/cert.pem", TLS_KEY: "/no/key.pem" };
  expect(() => readConfig(missing, "real", "UTC")).toThrow(
    /TLS_CERT: there is no file[\s\S]*TLS_KEY/,
  );
});

test("an unknown flag is refused", () => {
  expect(readFlags(["--replay"])).toEqual({ replay: true, help: false });
  expect(() => readFlags(["--reply"])).toThrow(WrongConfig);
});
