import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { useLanguage } from "../text/language.ts";
import { useNames } from "../text/use-names.ts";
import { formatWhen } from "../view/clock.ts";
import css from "./work.module.css";

/** What has begun and is not over: interruptions, and help that was asked for. */
export function OpenMarks({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { act } = useDesk();
  const { markName } = useNames();
  if (status.openMarks.length === 0) return null;
  return (
    <div className={css.open}>
      <h4>{t("work.openMarks")}</h4>
      <ul className={css.list}>
        {status.openMarks.map(({ kind, at, label }) => {
          const what = markName({ kind, label });
          const isClosable = kind === "interrupt" || kind === "help_request";
          return (
            <li key={`${kind} ${at}`}>
              <p>
                {what}, {formatWhen(at, status.now, language)}
              </p>
              {isClosable && (
                <Button
                  small
                  look="primary"
                  aria-label={kind === "interrupt" ? t("work.overWhat", { what }) : undefined}
                  onClick={() => void act({ command: "mark-end", kind })}
                >
                  {t(kind === "interrupt" ? "work.over" : "work.answered")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
