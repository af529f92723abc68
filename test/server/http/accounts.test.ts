import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints } from "#schema/endpoints";
import { readSession } from "#server/access/session";
import { deleteAccount } from "#server/database/account";
import { openSite } from "./open-site.ts";

let site: Awaited<ReturnType<typeof openSite>>;
let olga: Awaited<ReturnType<typeof site.addAccount>>;
beforeAll(async () => {
  site = await openSite();
  olga = await site.addAccount("operator", "olga");
});
afterAll(() => site.close());

function remove(account: string, cookie = olga.cookie) {
  return site.call(endpoints.removeAccount, { account }, { cookie });
}

test("removing an account ends its sessions and live connections; the person stays", async () => {
  const tom = await site.addAccount("technician", "tom");
  const hash = (await readSession(site.context, tom.cookie))?.tokenHash;
  expect((await remove(tom.id)).status).toBe(200);
  expect(await readSession(site.context, tom.cookie)).toBeNull();
  expect(site.ended).toContain(hash);
  expect(await site.query("select 1 from person where id = $1", [tom.person])).toHaveLength(1);
  expect((await remove(tom.id)).status).toBe(404);
});

test("the last operator cannot be removed, and two cannot remove each other", async () => {
  expect((await remove(olga.id)).status).toBe(409);
  const otto = await site.addAccount("operator", "otto");
  const replies = await Promise.all([remove(otto.id), remove(olga.id, otto.cookie)]);
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  const left = await site.query<{ id: string }>("select id from account where role = 'operator'");
  expect(left).toHaveLength(1);
  const survivor = left[0]?.id === olga.id ? olga : otto;
  expect((await remove(survivor.id, survivor.cookie)).status).toBe(409);
});

// On the embedded store there is one connection, so only a server can fail this one.
test("however often two operators are removed at the same moment, one stays", async () => {
  for (let round = 0; round < 20; round++) {
    await site.query("delete from account");
    const one = await site.addAccount("operator", "one");
    const two = await site.addAccount("operator", "two");
    await Promise.allSettled([
      deleteAccount(site.store, one.id),
      deleteAccount(site.store, two.id),
    ]);
    expect(await site.query("select 1 from account")).toHaveLength(1);
  }
});
