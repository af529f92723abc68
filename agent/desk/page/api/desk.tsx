import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type Reply, type Request, request as requestSchema } from "#agent/control/messages";
import { type Heard, type Standing, standingOf } from "../view/standing.ts";
import { askAgent, LockedError } from "./ask-agent.ts";

const LOOK_EVERY_MS = 1000;
const LOOK_TIMEOUT_MS = 4000;

/** What the page knows of its agent, and how to ask it for something. */
export interface Desk {
  standing: Standing;
  /** How many things were done from here: lists read themselves again when it changes. */
  changes: number;
  /** What became of the last thing that was asked for; null when it was read. */
  outcome: Reply | null;
  /** Asks for something to read. */
  ask: (request: Request) => Promise<Reply>;
  /** Has something done, and says what became of it. */
  act: (request: Request) => Promise<Reply>;
  dismiss: () => void;
}

const notAskable: Reply = { ok: false, code: "invalid", message: "Something in this is wrong." };

const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("There is no desk around this part of the page.");
  return desk;
}

/** Looks at the agent once a second while the page can be seen. @param onLocked this browser is not let in */
export function DeskProvider({
  onLocked,
  children,
}: {
  onLocked: () => void;
  children: ReactNode;
}) {
  const [heard, setHeard] = useState<Heard | null>(null);
  const [since, setSince] = useState(() => performance.now());
  const [now, setNow] = useState(since);
  const [changes, setChanges] = useState(0);
  const [outcome, setOutcome] = useState<Reply | null>(null);
  const isLooking = useRef(false);

  const ask = useCallback(
    async (request: Request, timeout?: number): Promise<Reply> => {
      try {
        return await askAgent(request, timeout);
      } catch (error) {
        if (!(error instanceof LockedError)) throw error;
        onLocked();
        return { ok: false, code: "locked", message: "This page is locked." };
      }
    },
    [onLocked],
  );

  const look = useCallback(async () => {
    if (isLooking.current || document.visibilityState !== "visible") return;
    isLooking.current = true;
    const askedAt = performance.now();
    const reply = await ask({ command: "status" }, LOOK_TIMEOUT_MS);
    isLooking.current = false;
    if (reply.ok && reply.status) setHeard({ status: reply.status, askedAt });
    setNow(performance.now());
  }, [ask]);

  const act = useCallback(
    async (request: Request) => {
      // What the agent could not even read is said here, before it is asked.
      const isAskable = requestSchema.safeParse(request).success;
      const reply = isAskable ? await ask(request) : notAskable;
      setOutcome(reply);
      if (reply.ok) setChanges((count) => count + 1);
      void look();
      return reply;
    },
    [ask, look],
  );

  useEffect(() => {
    const onSeen = () => {
      setSince(performance.now());
      setNow(performance.now());
      void look();
    };
    const timer = setInterval(() => {
      setNow(performance.now());
      void look();
    }, LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", onSeen);
    onSeen();
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onSeen);
    };
  }, [look]);

  const dismiss = useCallback(() => setOutcome(null), []);
  const desk = useMemo(
    () => ({
      standing: standingOf(heard, since, now),
      changes,
      outcome,
      ask,
      act,
      dismiss,
    }),
    [heard, since, now, changes, outcome, ask, act, dismiss],
  );
  return <DeskContext value={desk}>{children}</DeskContext>;
}
