import type { BucketRecord } from "./store/changes.ts";

/** What a watcher said of its bucket when it made it: all that is needed to make it again, and no event. */
export interface BucketDefinition
  extends Pick<BucketRecord, "id" | "type" | "client" | "hostname"> {
  /** The name the watcher gave the machine, if any; `own` stands for the name this installation gives itself. */
  device: { name: string | null } | "own";
}

/** @param own the name this installation gives itself */
export function defineBucket(record: BucketRecord, own: string): BucketDefinition {
  const { id, type, client, hostname, device } = record;
  return { id, type, client, hostname, device: device === own ? "own" : { name: device } };
}

/** The bucket as it is made again. When it was made is open: nothing has been recorded in it here. */
export function remake(definition: BucketDefinition, own: string): Omit<BucketRecord, "number"> {
  const { device, ...named } = definition;
  return { ...named, created: null, device: device === "own" ? own : device.name };
}
