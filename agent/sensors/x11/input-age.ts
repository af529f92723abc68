import type { ScreenSaverExtension, ScreenSaverInfo } from "x11";
import { type StartedInputAge, unsupported } from "../sensor.ts";
import type { X11Display } from "./connect.ts";

/**
 * Tells how long ago the last input on an X11 display was, in milliseconds, from the MIT-SCREEN-SAVER extension:
 * https://www.x.org/releases/X11R7.7/doc/scrnsaverproto/saver.html
 */
export async function startX11InputAge(options: { display: X11Display }): Promise<StartedInputAge> {
  let isGone = false;
  const display = await options.display.open(() => {
    isGone = true;
  });
  if ("reason" in display) return unsupported(display.reason);
  const { client, root, ask } = display;
  try {
    const saver = await ask<ScreenSaverExtension>((done) => client.require("screen-saver", done));
    return {
      state: { kind: "available" },
      async read() {
        if (isGone) return null;
        const info = await ask<ScreenSaverInfo>((done) => saver.QueryInfo(root, done)).catch(
          () => null,
        );
        return info?.idle ?? null;
      },
      stop: display.release,
    };
  } catch {
    display.release();
    return unsupported("this X11 display does not say when the last input was");
  }
}
