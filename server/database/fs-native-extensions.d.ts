declare module "fs-native-extensions" {
  /** Tries to lock the whole file exclusively; false when another process holds it. */
  export function tryLock(descriptor: number): boolean;
}
