import type { Context } from "hono";
import type { z } from "zod";
import { limitBody } from "../../limit-body.ts";
import type { Bucket } from "../bucket.ts";
import type { Buckets } from "../buckets.ts";
import { parseInstant } from "../instant.ts";
import { Refusal } from "../refusal.ts";
import { bucketId } from "../wire.ts";

const MAX_BYTES = 1024 * 1024;

/** Reads the JSON of a request. @throws Refusal, which quotes nothing of it */
export async function readBody<Schema extends z.ZodType>(
  http: Context,
  schema: Schema,
  maxSize = MAX_BYTES,
): Promise<z.output<Schema>> {
  const type = http.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new Refusal(415, "Send JSON, with Content-Type: application/json.");
  return check(await readJson(http, maxSize), schema);
}

async function readJson(http: Context, maxSize: number): Promise<unknown> {
  let body: unknown;
  const limit = limitBody(maxSize, () => {
    throw new Refusal(413, "This is more than is taken at once.");
  });
  await limit(http, async () => {
    body = await http.req.json().catch(() => {
      throw new Refusal(400, "This is not JSON.");
    });
  });
  return body;
}

/** @throws Refusal that says where and what is wrong, without the value */
function check<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = (issue?.path ?? []).filter((step) => typeof step === "string").join(".");
  throw new Refusal(400, `${where.slice(0, 60) || "body"}: ${issue?.message ?? "not understood"}`);
}

/** The id of a bucket in the address. @throws Refusal when no bucket may be called so */
export function readBucketId(http: Context): string {
  const parsed = bucketId.safeParse(http.req.param("bucket"));
  if (parsed.success) return parsed.data;
  throw new Refusal(400, "The id of a bucket is made of up to 128 letters, digits and . _ - : @ +");
}

/** @throws Refusal when there is no such bucket */
export function findBucket(http: Context, buckets: Buckets): Bucket {
  return orRefuse(buckets.find(readBucketId(http)));
}

/** The bucket that a watcher reports to. @throws Refusal when there is none */
export function findReported(http: Context, buckets: Buckets): Bucket {
  return orRefuse(buckets.findReported(readBucketId(http)));
}

function orRefuse(bucket: Bucket | null): Bucket {
  if (bucket) return bucket;
  throw new Refusal(404, "There is no such bucket.");
}

/** The first of these parameters as a moment in microseconds; undefined without one. @throws Refusal */
export function readMoment(http: Context, ...names: string[]): number | undefined {
  const text = names.map((name) => http.req.query(name)).find((value) => value !== undefined);
  if (text === undefined || text === "") return undefined;
  const found = parseInstant(text);
  if (found === null) throw new Refusal(400, `${names[0]} must be an RFC 3339 time.`);
  return found;
}
