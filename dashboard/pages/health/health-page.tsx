import { useTranslation } from "react-i18next";
import { Card } from "../../components/card.tsx";
import css from "../../components/charter-text.module.css";
import { Page } from "../../components/page.tsx";

/** What occupational health will read here, and why nobody can be looked up. */
export function HealthPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("roles.health.title")} text={t("roles.health.text")}>
      <Card title={t("roles.health.published")}>
        <p>
          <strong>{t("roles.health.nothing")}</strong> {t("roles.health.nothingText")}
        </p>
      </Card>
      <div className={css.pair}>
        <Card title={t("roles.health.will")}>
          <ul className={css.list}>
            <li>{t("roles.health.will1")}</li>
            <li>{t("roles.health.will2")}</li>
            <li>{t("roles.health.will3")}</li>
          </ul>
        </Card>
        <Card title={t("roles.health.why")}>
          <ul className={css.list}>
            <li>{t("roles.health.why1")}</li>
            <li>{t("roles.health.why2")}</li>
            <li>{t("roles.health.why3")}</li>
            <li>{t("roles.health.why4")}</li>
          </ul>
        </Card>
      </div>
    </Page>
  );
}
