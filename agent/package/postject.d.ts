declare module "postject" {
  /** Puts data into a program's file under a name, and sets the byte after `sentinelFuse` that says so. */
  export function inject(
    file: string,
    name: string,
    data: Buffer,
    options: { sentinelFuse: string; machoSegmentName?: string },
  ): Promise<void>;
}
