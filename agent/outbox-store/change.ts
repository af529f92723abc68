import type { OutboxState } from "./state.ts";
import type { Tables } from "./tables.ts";

/** One transaction under way: tables and state change together, and the state is stored when it ends. */
export interface Change {
  tables: Tables;
  state: OutboxState;
}
