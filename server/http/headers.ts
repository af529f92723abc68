import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

const ONE_YEAR = "max-age=31536000";

const common = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
  },
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  crossOriginOpenerPolicy: "same-origin",
  crossOriginResourcePolicy: "same-origin",
  permissionsPolicy: {
    camera: false,
    microphone: false,
    geolocation: false,
    displayCapture: false,
    usb: false,
    serial: false,
    hid: false,
    payment: false,
  },
};

/** Security headers on every answer; the promise to stay on https only where https is what is used. */
export function secureAnswers(origins: readonly string[]): MiddlewareHandler {
  const plain = secureHeaders({ ...common, strictTransportSecurity: false });
  const encrypted = secureHeaders({ ...common, strictTransportSecurity: ONE_YEAR });
  const always = origins.some((origin) => origin.startsWith("https://"));
  return (http, next) =>
    always || http.req.url.startsWith("https://") ? encrypted(http, next) : plain(http, next);
}
