import { useTranslation } from "react-i18next";
import { useEndpoint } from "../api/use-endpoint.ts";
import { useLanguage } from "../text/language.ts";
import { nameOfTool } from "../view/tool-name.ts";
import { Card } from "./card.tsx";
import { CharterCategories } from "./charter-categories.tsx";
import css from "./charter-text.module.css";
import { Loading } from "./loading.tsx";
import { Notice } from "./notice.tsx";
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
      {!signed && <UnsignedNotice />}
      <Card title={document.title[language]} text={t("charter.fingerprintText")}>
        <p className={css.soft}>
          {t("charter.version", { version: document.version })} · {t("charter.fingerprint")}
        </p>
        <code className={css.sha}>{sha256}</code>
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
      <Card title={t("charter.applications")} text={t("charter.applicationsText")}>
        <ul className={css.tags}>
          {document.applicationCategories.map((category) => (
            <li key={category}>{nameOfTool(category, t)}</li>
          ))}
        </ul>
        <p className={css.soft}>{t("charter.never")}</p>
      </Card>
    </div>
  );
}

/** Says that the default charter holds because none is signed. */
export function UnsignedNotice() {
  const { t } = useTranslation();
  return (
    <Notice tone="info" title={t("charter.unsigned")}>
      <p>{t("charter.unsignedText")}</p>
    </Notice>
  );
}
