import { useTranslation } from "react-i18next";
import { CharterText } from "../../components/charter-text.tsx";
import { Page } from "../../components/page.tsx";

/** The charter, as the representative reads it. */
export function RepresentativePage() {
  const { t } = useTranslation();
  return (
    <Page title={t("roles.representative.title")} text={t("roles.representative.text")}>
      <CharterText />
    </Page>
  );
}
