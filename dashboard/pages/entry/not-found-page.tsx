import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useSession } from "../../api/session.ts";
import { Page } from "../../components/page.tsx";
import { entryPages } from "../../routes.ts";

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <Page title={t("shell.notFound.title")} text={t("shell.notFound.text")} narrow>
      <p>
        <Link href={account ? entryPages[account.role] : "/"}>{t("shell.notFound.back")}</Link>
      </p>
    </Page>
  );
}
