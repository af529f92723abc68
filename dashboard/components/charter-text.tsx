import { useTranslation } from "react-i18next";
import { useEndpoint } from "../api/use-endpoint.ts";
import { useLanguage } from "../text/language.ts";
import { ApplicationCategories } from "./application-categories.tsx";
import { Card } from "./card.tsx";
import { CharterCategories } from "./charter-categories.tsx";
import css from "./charter-text.module.css";
import { Loading } from "./loading.tsx";
import { ProblemNotice } from "./problem-notice.tsx";

/** The whole charter in force, in plain language. */
export function CharterText() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const charter = useEndpoint("readCharter", {});
  if (charter.isPending) return <Loading />;
  if (charter.isError)
    return (
      <ProblemNotice
        error={charter.error}
        title={t("charter.error")}
        onRetry={() => void charter.refetch()}
      />
    );
  const { document, sha256, signed } = charter.data;
  return (
    <div className={css.text}>
      <Card
        title={signed ? document.title[language] : t("charter.unsigned")}
        text={signed ? t("charter.signed") : t("charter.unsignedText")}
      >
        <dl className={css.marks}>
          <div>
            <dt>{t("charter.version", { version: document.version })}</dt>
            <dd>{document.format}</dd>
          </div>
          <div>
            <dt>{t("charter.fingerprint")}</dt>
            <dd>
              <code className={css.sha}>{sha256}</code>
              <p className={css.soft}>{t("charter.fingerprintText")}</p>
            </dd>
          </div>
        </dl>
      </Card>
      <div className={css.pair}>
        <Card title={t("charter.purposes")}>
          <ul className={css.list}>
            {document.purposes.map((purpose) => (
              <li key={purpose.en}>{purpose[language]}</li>
            ))}
          </ul>
        </Card>
        <Card title={t("charter.forbidden")}>
          <ul className={css.list}>
            {document.forbiddenUses.map((use) => (
              <li key={use.en}>{use[language]}</li>
            ))}
          </ul>
        </Card>
      </div>
      <Card title={t("charter.categories")} text={t("charter.categoriesText")}>
        <CharterCategories categories={document.categories} />
      </Card>
      <ApplicationCategories categories={document.applicationCategories} />
    </div>
  );
}
