import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccountRow } from "#schema/endpoints";
import { useSession } from "../../api/session.ts";
import { useEndpoint } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Loading } from "../../components/loading.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { useLanguage } from "../../text/language.ts";
import { formatShortDate } from "../../view/format.ts";
import { InvitationCard } from "./invitation-card.tsx";
import css from "./operator.module.css";
import { RemoveAccountDialog } from "./remove-account-dialog.tsx";

/** The accounts and their roles; new ones come by one-time link. */
export function AccountsPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { account } = useSession();
  const list = useEndpoint("listAccounts", {});
  const [removing, setRemoving] = useState<AccountRow | null>(null);
  const rows = [...(list.data?.accounts ?? [])].sort((a, b) =>
    a.name.localeCompare(b.name, language),
  );
  return (
    <Page title={t("operator.accounts.title")} text={t("operator.accounts.text")}>
      <InvitationCard />
      {list.isPending && <Loading blocks={1} />}
      {list.isError && (
        <ProblemNotice
          error={list.error}
          title={t("operator.failed")}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data && (
        <div className={css.panel}>
          <DataTable
            cards
            caption={t("operator.accounts.title")}
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              { key: "name", title: t("operator.accounts.name"), cell: (row) => row.name },
              { key: "login", title: t("operator.accounts.login"), cell: (row) => row.login },
              {
                key: "role",
                title: t("operator.accounts.role"),
                cell: (row) => t(`shell.roles.${row.role}`),
              },
              {
                key: "created",
                title: t("operator.accounts.createdOn"),
                cell: (row) => formatShortDate(row.createdOn, language),
              },
              {
                key: "actions",
                title: t("operator.accounts.actions"),
                cell: (row) =>
                  row.id === account?.id ? (
                    <span className={css.soft}>{t("operator.accounts.self")}</span>
                  ) : (
                    <Button
                      small
                      look="danger"
                      aria-label={t("operator.accounts.remove", { name: row.name })}
                      onClick={() => setRemoving(row)}
                    >
                      {t("operator.accounts.removeShort")}
                    </Button>
                  ),
              },
            ]}
          />
        </div>
      )}
      {removing && <RemoveAccountDialog account={removing} onClose={() => setRemoving(null)} />}
    </Page>
  );
}
