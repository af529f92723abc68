import { useTranslation } from "react-i18next";
import { isInterrupter, type Mark } from "#schema/activity";
import { isNamedTool } from "../view/kinds.ts";

/** Gives the words for what is recorded, in the language on screen; a name the page does not know stays as written. */
export function useNames(): {
  toolName: (label: string) => string;
  markName: (mark: Pick<Mark, "kind"> & { label?: string | undefined }) => string;
} {
  const { t } = useTranslation();
  return {
    toolName: (label) => (isNamedTool(label) ? t(`kinds.tools.${label}`) : label),
    markName: ({ kind, label }) => {
      const by = isInterrupter(label) ? t(`kinds.interruptedBy.${label}`) : label;
      return [t(`kinds.marks.${kind}`), by].filter(Boolean).join(" · ");
    },
  };
}
