import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../api/desk.tsx";
import { useLanguage } from "../text/language.ts";
import { lampOf } from "../view/standing.ts";
import { Facts } from "./facts.tsx";
import { Lamp } from "./lamp.tsx";
import css from "./light-panel.module.css";
import { PauseControls } from "./pause-controls.tsx";
import { useLightText } from "./use-light-text.ts";

/** The light: whether anything is recorded now, why not, until when, under which charter; and how to stop it. */
export function LightPanel() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { standing } = useDesk();
  const lamp = lampOf(standing);
  const { title, text } = useLightText(standing);
  useEffect(() => {
    document.title = `${t(`page.titles.${lamp}`)} · ${t("page.product")}`;
  }, [lamp, t]);
  const status = standing.kind === "told" ? standing.status : null;
  return (
    <section className={`${css.panel} ${css[lamp] ?? ""}`} aria-label={t("light.label")}>
      <div className={css.light}>
        <Lamp state={lamp} />
        <div className={css.words} role="status">
          <h1>{title}</h1>
          <p>{text}</p>
          {status && (
            <p className={css.charter}>
              {status.charter
                ? t("light.charter", {
                    version: status.charter.version,
                    title: status.charter.title[language],
                  })
                : t("light.noCharter")}
            </p>
          )}
        </div>
      </div>
      {status && (
        <div className={css.below}>
          {status.recording !== "signed-out" && <PauseControls status={status} />}
          <Facts status={status} />
        </div>
      )}
    </section>
  );
}
