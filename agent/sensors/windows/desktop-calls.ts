import type { Session, WindowsApi } from "./api.ts";

const DESKTOP_READOBJECTS = 0x0001;
const UOI_NAME = 2;
const WTS_CURRENT_SESSION = 0xffff_ffff;
const WTS_SESSION_INFO_EX = 25;
/** Level, padding, session id, session state and session flags, each of 32 bits. */
const SESSION_WORDS = 5;
/** Size and tick, each of 32 bits. */
const LAST_INPUT_BYTES = 8;

type Integer = number | bigint;
type DesktopApi = Pick<
  WindowsApi,
  "readTick" | "readLastInput" | "readSession" | "readInputDesktop"
>;

/** The calls about input and the lock. @throws when a library of Windows cannot be loaded */
export function loadDesktop(koffi: typeof import("koffi")): DesktopApi {
  const user32 = koffi.load("user32.dll");
  const kernel32 = koffi.load("kernel32.dll");
  const terminal = koffi.load("wtsapi32.dll");
  const getTickCount: () => number = kernel32.func("uint32_t __stdcall GetTickCount()");
  const getLastInput: (info: Uint32Array) => number = user32.func(
    "int __stdcall GetLastInputInfo(_Inout_ uint32_t *info)",
  );
  const openInputDesktop: (flags: number, inherit: number, access: number) => Integer = user32.func(
    "intptr_t __stdcall OpenInputDesktop(uint32_t flags, int inherit, uint32_t access)",
  );
  const getObjectInformation: (
    handle: Integer,
    index: number,
    name: Uint16Array,
    bytes: number,
    needed: Uint32Array,
  ) => number = user32.func(
    "int __stdcall GetUserObjectInformationW(intptr_t handle, int index, _Out_ uint16_t *name, uint32_t bytes, _Out_ uint32_t *needed)",
  );
  const closeDesktop: (handle: Integer) => number = user32.func(
    "int __stdcall CloseDesktop(intptr_t desktop)",
  );
  const querySession: (
    server: Integer,
    session: number,
    what: number,
    buffer: BigUint64Array,
    bytes: Uint32Array,
  ) => number = terminal.func(
    "int __stdcall WTSQuerySessionInformationW(intptr_t server, uint32_t session, int what, _Out_ uintptr_t *buffer, _Out_ uint32_t *bytes)",
  );
  const freeMemory: (buffer: Integer) => void = terminal.func(
    "void __stdcall WTSFreeMemory(uintptr_t buffer)",
  );

  return {
    readTick: () => getTickCount(),
    readLastInput() {
      const info = new Uint32Array([LAST_INPUT_BYTES, 0]);
      return getLastInput(info) === 0 ? null : (info[1] ?? null);
    },
    readSession() {
      const pointer = new BigUint64Array(1);
      const bytes = new Uint32Array(1);
      if (querySession(0, WTS_CURRENT_SESSION, WTS_SESSION_INFO_EX, pointer, bytes) === 0)
        return null;
      const buffer = pointer[0] ?? 0n;
      try {
        if ((bytes[0] ?? 0) < 4 * SESSION_WORDS) return null;
        // A copy of the start; the names and times that follow are not looked at.
        const words: Uint32Array = koffi.decode(buffer, "uint32_t", SESSION_WORDS);
        return sessionOf(words);
      } finally {
        freeMemory(buffer);
      }
    },
    readInputDesktop() {
      const desktop = openInputDesktop(0, 0, DESKTOP_READOBJECTS);
      if (BigInt(desktop) === 0n) return null;
      try {
        const name = new Uint16Array(64);
        const needed = new Uint32Array(1);
        if (getObjectInformation(desktop, UOI_NAME, name, name.byteLength, needed) === 0)
          return null;
        return Buffer.from(name.buffer).toString("utf16le").split("\0")[0] ?? "";
      } finally {
        closeDesktop(desktop);
      }
    },
  };
}

/**
 * Reads the start of a WTSINFOEXW. Flags: 0 locked, 1 not, anything else unknown; state 0 is WTSActive. From
 * https://learn.microsoft.com/windows/win32/api/wtsapi32/ns-wtsapi32-wtsinfoex_level1_w
 */
export function sessionOf(words: Uint32Array): Session | null {
  const [level, , , state, flags] = words;
  if (level !== 1) return null;
  return { isActive: state === 0, isLocked: flags === 0 ? true : flags === 1 ? false : null };
}
