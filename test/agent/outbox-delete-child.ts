import { openOutbox } from "#agent/outbox";

/* Deletes a window of the outbox it is given, and says so. Killed on the way, it says less. */
const [, , folder = "", from = "0", to = "0"] = process.argv;
const outbox = openOutbox(folder);
process.stdout.write("opened ");
const deletion = outbox.deleteWindow(Number(from), Number(to));
process.stdout.write(`deleted ${JSON.stringify(deletion)}`);
process.exit(0);
