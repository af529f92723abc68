import { useTranslation } from "react-i18next";
import type { Trouble } from "#agent/control/messages";
import { Notice } from "../components/notice.tsx";
import css from "./troubles.module.css";

/** What the person should know, in the page's words; the agent's own stand behind a fold. */
export function Troubles({ troubles }: { troubles: readonly Trouble[] }) {
  const { t } = useTranslation();
  if (troubles.length === 0) return null;
  return (
    <Notice tone="problem" title={t("light.troubles")}>
      <ul className={css.troubles}>
        {troubles.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            {code === "other" ? (
              <p lang="en">{message}</p>
            ) : (
              <>
                <p>{t(`troubles.${code}`)}</p>
                <details>
                  <summary>{t("page.agentSays")}</summary>
                  <p lang="en">{message}</p>
                </details>
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
