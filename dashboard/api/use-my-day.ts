import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Day } from "#schema/day";
import type { ActivityFrame } from "#schema/live";
import type { LocalDate } from "#schema/time";
import { mergeFrame } from "../view/merge-frame.ts";
import { call } from "./call.ts";
import { useLive } from "./live-connection.tsx";
import { keyOf } from "./use-endpoint.ts";

/**
 * One day of my own record, kept up to date; today when no date is given. Walking to another day keeps the one
 * before on screen until its data is there.
 */
export function useMyDay(date: LocalDate | undefined): UseQueryResult<Day> {
  const live = useLive();
  const input = date ? { date } : {};
  return useQuery({
    queryKey: keyOf("readMyDay", input),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      // A frame that comes while the answer is under way may be missing from that answer.
      const arrived: ActivityFrame[] = [];
      const stop = live?.onFrame((frame) => arrived.push(frame));
      try {
        return arrived.reduce(mergeFrame, await call("readMyDay", input, signal));
      } finally {
        stop?.();
      }
    },
  });
}
