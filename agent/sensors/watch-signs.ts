import type { Clock } from "../clock.ts";

/** So long without a sign of somebody: nobody is at the desk. */
export const UNSEEN_MINUTES = 15;
const UNSEEN_MS = UNSEEN_MINUTES * 60_000;

export interface SignWatch {
  /** Whether the last sign is too long ago. */
  readonly isUnseen: boolean;
  /** Somebody is there at this moment. */
  seen(): void;
  /** Nobody is, and that counts until the next sign. */
  gone(): void;
  /** While it is on, `onUnseen` is called when the last sign becomes too old. */
  setOn(isOn: boolean): void;
}

/**
 * For desktops that tell no program when the last input was: how long ago there was any other sign of somebody, such
 * as another window in front. Only the moment of the last sign is held.
 */
export function watchSigns(clock: Clock, onUnseen: () => void): SignWatch {
  let last = clock.monotonic();
  let isOn = false;
  let cancel: (() => void) | null = null;
  const left = () => last + UNSEEN_MS - clock.monotonic();

  /** A sign moves no timer: one that fires too early waits for what is left. */
  function wait(): void {
    if (!isOn || cancel !== null || left() <= 0) return;
    cancel = clock.after(left(), () => {
      cancel = null;
      if (left() <= 0) onUnseen();
      else wait();
    });
  }

  return {
    get isUnseen() {
      return left() <= 0;
    },
    seen() {
      last = clock.monotonic();
      wait();
    },
    gone() {
      last = Number.NEGATIVE_INFINITY;
    },
    setOn(next) {
      isOn = next;
      if (isOn) return wait();
      cancel?.();
      cancel = null;
    },
  };
}
