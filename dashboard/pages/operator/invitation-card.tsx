import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Role, role as roleSchema } from "#schema/role";
import { useAction } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { InvitationDialog } from "./one-time-dialogs.tsx";
import css from "./operator.module.css";

/** A technician's link names a person, so those are made on the page People. */
const invited: readonly Role[] = ["health", "representative", "employer", "operator"];

/** Makes a one-time link for one of the roles that are not tied to a person. */
export function InvitationCard() {
  const { t } = useTranslation();
  const [role, setRole] = useState<Role>("health");
  const invite = useAction("createInvitation");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ role });
  };
  return (
    <Card title={t("operator.accounts.invite")}>
      <form className={css.inline} onSubmit={submit}>
        <SelectField
          label={t("operator.accounts.inviteRole")}
          value={role}
          options={invited.map((entry) => ({ value: entry, name: t(`shell.roles.${entry}`) }))}
          onChange={(value) => setRole(roleSchema.parse(value))}
        />
        <Button type="submit" look="primary" disabled={invite.isPending}>
          {t("operator.accounts.inviteDo")}
        </Button>
      </form>
      {invite.isError && <ProblemNotice error={invite.error} />}
      {invite.data && (
        <InvitationDialog made={invite.data} forRole={role} onClose={() => invite.reset()} />
      )}
    </Card>
  );
}
