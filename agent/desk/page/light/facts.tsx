import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import css from "./light-panel.module.css";

const connections = ["connected", "connecting", "waiting", "refused", "stopped"] as const;

/** Whether the site is reached, and how much waits here. */
export function Facts({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { held, batchEvents } = status.waiting;
  const known = connections.find((kind) => kind === status.connection.kind) ?? "stopped";
  return (
    <dl className={css.facts} aria-label={t("light.facts")}>
      <div>
        <dt>{t("light.site")}</dt>
        <dd>
          {t(`light.connections.${known}`)} <span className={css.server}>{status.server}</span>
        </dd>
      </div>
      <div>
        <dt>{t("light.waiting")}</dt>
        <dd>{t("light.waitingCount", { count: held + batchEvents })}</dd>
      </div>
    </dl>
  );
}
