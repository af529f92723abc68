import { useEffect, useState } from "react";
import type { Reply, Request } from "#agent/control/messages";
import { useDesk } from "./desk.tsx";

/**
 * Asks the agent for something to read, and asks again when `news` changes or something was done from this page.
 * The last answer stays until the next one has come.
 */
export function useReply(
  request: Request,
  news: unknown = null,
): { reply: Reply | null; isAsking: boolean; again: () => void } {
  const { ask, changes } = useDesk();
  const [reply, setReply] = useState<Reply | null>(null);
  const [isAsking, setIsAsking] = useState(true);
  const [turn, setTurn] = useState(0);
  const asked = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes`, `news` and `turn` are reasons to ask again
  useEffect(() => {
    let isOver = false;
    setIsAsking(true);
    void ask(request).then((answer) => {
      if (isOver) return;
      setReply(answer);
      setIsAsking(false);
    });
    return () => {
      isOver = true;
    };
  }, [ask, asked, changes, news, turn]);
  return { reply, isAsking, again: () => setTurn((count) => count + 1) };
}
