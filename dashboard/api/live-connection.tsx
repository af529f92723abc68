import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import type { Day } from "#schema/day";
import { mergeFrame } from "../view/merge-frame.ts";
import { type Live, type LiveState, openLive } from "./live.ts";

const LiveContext = createContext<Live | null>(null);

/** Holds the live connection of the signed-in technician and keeps every day in the cache up to date with it. */
export function LiveConnection({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live, setLive] = useState<Live | null>(null);

  useEffect(() => {
    const opened = openLive(window.location.origin, () => {
      void client.invalidateQueries({ queryKey: ["readSession"] });
    });
    const readAgain = () => void client.invalidateQueries({ queryKey: ["readMyDay"] });
    opened.onConnect(readAgain);
    opened.onFrame((frame) => {
      client.setQueriesData<Day>(
        { queryKey: ["readMyDay"] },
        (day) => day && mergeFrame(day, frame),
      );
      if (frame.gap) readAgain();
    });
    setLive(opened);
    return () => opened.close();
  }, [client]);

  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The live connection, or null before it is opened. */
export function useLive(): Live | null {
  return useContext(LiveContext);
}

/** Whether what is on screen follows the store right now. */
export function useLiveState(): LiveState {
  const live = useLive();
  return useSyncExternalStore(
    (listener) => live?.watch(listener) ?? (() => undefined),
    () => live?.state() ?? "connecting",
  );
}
