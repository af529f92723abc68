import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Deletion } from "#agent/control/held";
import type { Reply } from "#agent/control/messages";
import { refusals, replies } from "./en/replies.ts";

/** Gives the words for an answer of the agent, in the language on screen; its English where the page has none. */
export function useReplyText(): (reply: Reply) => string {
  const { t } = useTranslation();
  return (reply) => {
    const { code, message } = reply;
    if (reply.ok && reply.deletion) return describeDeletion(t, reply.deletion);
    if (!reply.ok && isRefusal(code)) return t(`refusals.${code}`);
    return isReply(code) ? t(`replies.${code}`) : message;
  };
}

function describeDeletion(t: TFunction<"text">, deletion: Deletion): string {
  const { removed, cut, alreadySent, wiped } = deletion;
  return [
    t("waiting.gone", { count: removed }),
    cut > 0 && t("waiting.goneCut", { count: cut }),
    alreadySent > 0 && t("waiting.goneSent", { count: alreadySent }),
    !wiped && t("waiting.notWiped"),
  ]
    .filter(Boolean)
    .join(" ");
}

function isReply(code: string): code is keyof typeof replies {
  return Object.hasOwn(replies, code);
}

function isRefusal(code: string): code is keyof typeof refusals {
  return Object.hasOwn(refusals, code);
}
