import { useTranslation } from "react-i18next";
import { CharterText } from "../../components/charter-text.tsx";
import { Page } from "../../components/page.tsx";

/** The charter, as the employer reads it. */
export function EmployerPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("roles.employer.title")} text={t("roles.employer.text")}>
      <CharterText />
    </Page>
  );
}
