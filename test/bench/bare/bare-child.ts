// The bare insert of a comparison, in a process of its own, as the server is: an order in, a result out.
import { answerOrders } from "../process/answer-orders.ts";
import { withStore } from "../site/fresh-store.ts";
import { timeBareInsert } from "./bare-insert.ts";
import { bareOrder } from "./bare-order.ts";
import { makeRows } from "./bare-rows.ts";

answerOrders(bareOrder, (order) =>
  withStore(order.location, async (store) => {
    const rates: number[] = [];
    const warmUp = makeRows(order, 0, order.warmUp);
    const rows = makeRows(order, order.warmUp, order.batches);
    for (const form of order.forms) {
      if (warmUp.length > 0) await timeBareInsert(store, warmUp, form);
      rates.push(await timeBareInsert(store, rows, form));
    }
    return { rates };
  }),
);
