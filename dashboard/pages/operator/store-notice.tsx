import { useTranslation } from "react-i18next";
import { useEndpoint } from "../../api/use-endpoint.ts";
import { Notice } from "../../components/notice.tsx";
import css from "./operator.module.css";

/** That no activity is shown here, and what the embedded store does not promise. */
export function StoreNotice() {
  const { t } = useTranslation();
  const site = useEndpoint("readSite", {});
  return (
    <>
      <p className={css.soft}>{t("operator.none")}</p>
      {site.data?.store === "embedded" && (
        <Notice tone="info">
          <p>{t("operator.embedded")}</p>
        </Notice>
      )}
    </>
  );
}
