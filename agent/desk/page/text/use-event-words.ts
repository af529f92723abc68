import { useTranslation } from "react-i18next";
import { formatWhen } from "../view/clock.ts";
import { timesOf, type WaitingEvent } from "../view/held-events.ts";
import { useLanguage } from "./language.ts";
import { useNames } from "./use-names.ts";

/** An event in words: what, what else was said of it, and when. */
export interface EventWords {
  what: string;
  details: string;
  time: string;
}

/** Gives the words for events that wait. @param now today's times are shown without their day */
export function useEventWords(now: string): (event: WaitingEvent) => EventWords {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { toolName, markName } = useNames();
  return (event) => {
    const { happening } = event;
    const times = timesOf(event);
    const begin = times ? formatWhen(times.start, now, language, true) : "";
    const end = times?.end ? formatWhen(times.end, times.start, language, true) : null;
    const time = end === null ? begin : `${begin} – ${end}`;
    const join = (...parts: (string | false | undefined)[]) => parts.filter(Boolean).join(" · ");
    switch (happening.type) {
      case "span": {
        const { kind, label, task, origin, source } = happening.span;
        const name = kind === "focus" && label !== undefined ? toolName(label) : label;
        return {
          what: join(t(`kinds.work.${kind}`), name),
          details: join(
            task !== undefined && t("work.number", { task }),
            origin !== undefined && t(`kinds.origins.${origin}`),
            t(`kinds.sources.${source}`),
          ),
          time,
        };
      }
      case "mark": {
        const { mark } = happening;
        const until = mark.until && `→ ${formatWhen(mark.until, mark.at, language, true)}`;
        const due = mark.due && t("work.due", { time: formatWhen(mark.due, now, language) });
        const task = mark.task !== undefined && t("work.number", { task: mark.task });
        return { what: markName(mark), details: join(until, due, task), time };
      }
      case "tally": {
        const { label, keys, clicks } = happening.tally;
        const counted = t("waiting.counted", { keys, clicks });
        return { what: join(t("kinds.tally"), toolName(label)), details: counted, time };
      }
      case "other":
        return { what: happening.text, details: "", time };
    }
  };
}
