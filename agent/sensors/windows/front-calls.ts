import type { WindowsApi } from "./api.ts";

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
/** In characters; the longest path Windows gives. */
const PATH_LENGTH = 32_768;

type Integer = number | bigint;

/** The calls about the window in front. @throws when user32 or kernel32 cannot be loaded */
export function loadFront(
  koffi: typeof import("koffi"),
): Pick<WindowsApi, "readFront" | "readExecutable"> {
  const user32 = koffi.load("user32.dll");
  const kernel32 = koffi.load("kernel32.dll");
  const getForegroundWindow: () => Integer = user32.func(
    "intptr_t __stdcall GetForegroundWindow()",
  );
  const getWindowProcess: (window: Integer, process: Uint32Array) => number = user32.func(
    "uint32_t __stdcall GetWindowThreadProcessId(intptr_t window, _Out_ uint32_t *process)",
  );
  const openProcess: (access: number, inherit: number, process: number) => Integer = kernel32.func(
    "intptr_t __stdcall OpenProcess(uint32_t access, int inherit, uint32_t process)",
  );
  const queryImageName: (
    handle: Integer,
    flags: number,
    path: Uint16Array,
    length: Uint32Array,
  ) => number = kernel32.func(
    "int __stdcall QueryFullProcessImageNameW(intptr_t process, uint32_t flags, _Out_ uint16_t *path, _Inout_ uint32_t *length)",
  );
  const closeHandle: (handle: Integer) => number = kernel32.func(
    "int __stdcall CloseHandle(intptr_t handle)",
  );

  const owner = new Uint32Array(1);
  const path = new Uint16Array(PATH_LENGTH);
  const length = new Uint32Array(1);
  return {
    readFront() {
      const window = BigInt(getForegroundWindow());
      if (window === 0n || getWindowProcess(window, owner) === 0) return null;
      return { window, process: owner[0] ?? 0 };
    },
    readExecutable(process) {
      const handle = openProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, process);
      if (BigInt(handle) === 0n) return null;
      try {
        length[0] = PATH_LENGTH;
        if (queryImageName(handle, 0, path, length) === 0) return null;
        return Buffer.from(path.buffer, 0, 2 * (length[0] ?? 0)).toString("utf16le");
      } finally {
        closeHandle(handle);
        path.fill(0);
      }
    },
  };
}
