import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PersonRow } from "#schema/endpoints";
import { useAction, useEndpoint } from "../../api/use-endpoint.ts";
import { Loading } from "../../components/loading.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { CodeDialog, InvitationDialog } from "./one-time-dialogs.tsx";
import { PeopleTable } from "./people-table.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { StoreNotice } from "./store-notice.tsx";

/** Everybody the site knows, and what an operator can do for each. No activity. */
export function PeoplePage() {
  const { t } = useTranslation();
  const people = useEndpoint("listPeople", {});
  const invite = useAction("createInvitation");
  const enrol = useAction("createEnrolment");
  const [person, setPerson] = useState<PersonRow | null>(null);
  const [revoking, setRevoking] = useState<PersonRow | null>(null);
  const [revoked, setRevoked] = useState<number | null>(null);
  const failed = invite.error ?? enrol.error;

  return (
    <Page title={t("operator.people.title")} text={t("operator.people.text")}>
      <StoreNotice />
      {failed && <ProblemNotice error={failed} />}
      {revoked !== null && (
        <Notice tone="good">
          <p>{t("operator.people.revoked", { count: revoked })}</p>
        </Notice>
      )}
      {people.isPending && <Loading blocks={1} />}
      {people.isError && (
        <ProblemNotice
          error={people.error}
          title={t("operator.failed")}
          onRetry={() => void people.refetch()}
        />
      )}
      {people.data?.people.length === 0 && (
        <Notice tone="info">
          <p>{t("operator.people.empty")}</p>
          <Link href="/operator/import">{t("operator.people.toImport")}</Link>
        </Notice>
      )}
      {people.data && people.data.people.length > 0 && (
        <PeopleTable
          people={people.data.people}
          onInvite={(row) => {
            setPerson(row);
            invite.mutate({ role: "technician", person: row.id });
          }}
          onEnrol={(row) => {
            setPerson(row);
            enrol.mutate({ person: row.id });
          }}
          onRevoke={(row) => {
            setRevoked(null);
            setRevoking(row);
          }}
        />
      )}
      {invite.data && (
        <InvitationDialog made={invite.data} forRole="technician" onClose={() => invite.reset()} />
      )}
      {enrol.data && person && (
        <CodeDialog made={enrol.data} name={person.name} onClose={() => enrol.reset()} />
      )}
      {revoking && (
        <RevokeDialog
          person={revoking}
          onClose={() => setRevoking(null)}
          onDone={(count) => {
            setRevoking(null);
            setRevoked(count);
          }}
        />
      )}
    </Page>
  );
}
