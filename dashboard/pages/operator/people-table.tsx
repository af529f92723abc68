import { useTranslation } from "react-i18next";
import type { PersonRow } from "#schema/endpoints";
import { Button } from "../../components/button.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { useLanguage } from "../../text/language.ts";
import css from "./operator.module.css";

interface PeopleTableProps {
  people: readonly PersonRow[];
  onInvite: (person: PersonRow) => void;
  onEnrol: (person: PersonRow) => void;
  onRevoke: (person: PersonRow) => void;
}

/** People in alphabetical order, with the ways to invite them and to enrol or revoke their workstations. */
export function PeopleTable({ people, onInvite, onEnrol, onRevoke }: PeopleTableProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const rows = [...people].sort((a, b) => a.name.localeCompare(b.name, language));
  return (
    <div className={css.panel}>
      <DataTable
        cards
        caption={t("operator.people.title")}
        rows={rows}
        keyOf={(row) => row.id}
        columns={[
          { key: "name", title: t("operator.people.name"), cell: (row) => row.name },
          { key: "login", title: t("operator.people.login"), cell: (row) => row.login },
          { key: "team", title: t("operator.people.team"), cell: (row) => row.team ?? "–" },
          { key: "zone", title: t("operator.people.zone"), cell: (row) => row.zone },
          {
            key: "account",
            title: t("operator.people.account"),
            cell: (row) =>
              row.hasAccount ? t("operator.people.hasAccount") : t("operator.people.noAccount"),
          },
          {
            key: "workstations",
            title: t("operator.people.workstations"),
            number: true,
            cell: (row) => row.workstations,
          },
          {
            key: "actions",
            title: t("operator.people.actions"),
            cell: (row) => (
              <span className={css.actions}>
                <Button
                  small
                  aria-label={t("operator.people.enrol", { name: row.name })}
                  onClick={() => onEnrol(row)}
                >
                  {t("operator.people.enrolShort")}
                </Button>
                {!row.hasAccount && (
                  <Button
                    small
                    aria-label={t("operator.people.invite", { name: row.name })}
                    onClick={() => onInvite(row)}
                  >
                    {t("operator.people.inviteShort")}
                  </Button>
                )}
                {row.workstations > 0 && (
                  <Button
                    small
                    look="danger"
                    aria-label={t("operator.people.revoke", { name: row.name })}
                    onClick={() => onRevoke(row)}
                  >
                    {t("operator.people.revokeShort")}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
