import { z } from "zod";

/*
 * Sway's and i3's way of talking: https://man.archlinux.org/man/sway-ipc.7. Of what they tell of a window, only the
 * fields named here are read; its title (`name`) is not among them.
 */

export const SWAY = {
  subscribe: 2,
  getTree: 4,
  workspaceEvent: 0x8000_0000,
  windowEvent: 0x8000_0003,
};

const MAGIC = Buffer.from("i3-ipc");
const HEAD_BYTES = MAGIC.length + 8;
/** A tree of thousands of windows is smaller. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface SwayMessage {
  type: number;
  body: unknown;
}

export function encodeSway(type: number, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(head);
  head.writeUInt32LE(body.length, MAGIC.length);
  head.writeUInt32LE(type, MAGIC.length + 4);
  return Buffer.concat([head, body]);
}

/**
 * The first message of what was received, and how many bytes it takes; null while it is not all there.
 * @throws RangeError, SyntaxError when the bytes are no message
 */
export function decodeSway(data: Buffer): { message: SwayMessage; size: number } | null {
  if (data.length < HEAD_BYTES) return null;
  if (!data.subarray(0, MAGIC.length).equals(MAGIC)) throw new RangeError("not a message of sway");
  const size = HEAD_BYTES + data.readUInt32LE(MAGIC.length);
  if (size > MAX_BYTES) throw new RangeError("the message is too long");
  if (data.length < size) return null;
  const type = data.readUInt32LE(MAGIC.length + 4);
  const body: unknown = JSON.parse(data.toString("utf8", HEAD_BYTES, size));
  return { message: { type, body }, size };
}

/** What is read of a window: its Wayland name, or the class an X11 program has under XWayland. */
const view = z.object({
  pid: z.number().optional(),
  app_id: z.string().nullish(),
  window_properties: z.object({ class: z.string().optional() }).nullish(),
});

/** A node of the tree of windows. */
interface Node extends z.infer<typeof view> {
  focused: boolean;
  nodes?: Node[] | undefined;
  floating_nodes?: Node[] | undefined;
}
const node: z.ZodType<Node> = z.object({
  ...view.shape,
  focused: z.boolean(),
  nodes: z.lazy(() => z.array(node)).optional(),
  floating_nodes: z.lazy(() => z.array(node)).optional(),
});

const windowEvent = z.object({ change: z.string(), container: view });

/** What a window event changes: `focus` with the application now in front, or something that asks for another look. */
export function readWindowEvent(body: unknown): { focus: string } | { look: boolean } {
  const { change, container } = windowEvent.parse(body);
  if (change === "focus") return { focus: nameOf(container) ?? "" };
  return { look: change === "close" || change === "move" };
}

/** The application in front in a tree; null when no window is. @throws ZodError */
export function frontOfTree(body: unknown): string | null {
  const front = findFocused(node.parse(body));
  return front && nameOf(front);
}

function findFocused(from: Node): Node | null {
  if (from.focused) return from;
  for (const child of [...(from.nodes ?? []), ...(from.floating_nodes ?? [])]) {
    const found = findFocused(child);
    if (found) return found;
  }
  return null;
}

/** Empty for a window that does not say; null for a workspace or a container, which has no process. */
function nameOf({ pid, app_id, window_properties }: z.infer<typeof view>): string | null {
  return app_id || window_properties?.class || (pid === undefined ? null : "");
}
