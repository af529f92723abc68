// The agents of a measurement, in a process of their own: an order in, a result out.
import { answerOrders } from "../process/answer-orders.ts";
import { sendLoad } from "./send-load.ts";
import { loadOrder } from "./work-order.ts";

answerOrders(loadOrder, sendLoad);
