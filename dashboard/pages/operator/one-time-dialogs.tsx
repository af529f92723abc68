import { useTranslation } from "react-i18next";
import type { Role } from "#schema/role";
import type { Output } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { CopyField } from "../../components/copy-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { useLanguage } from "../../text/language.ts";
import { formatInstant } from "../../view/format.ts";
import css from "./operator.module.css";

/** A one-time link to create an account, shown this once. */
export function InvitationDialog({ made, forRole, onClose }: InvitationDialogProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <Dialog
      title={t("operator.invitation.title")}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("shell.close")}</Button>}
    >
      <p className={css.soft}>
        {t("operator.invitation.role", { role: t(`shell.roles.${forRole}`) })}
      </p>
      <CopyField
        label={t("operator.invitation.link")}
        value={`${window.location.origin}/join#${made.token}`}
      />
      <p className={css.soft}>
        {t("operator.invitation.text", { time: formatInstant(made.expiresAt, language) })}
      </p>
    </Dialog>
  );
}

interface InvitationDialogProps {
  made: Output<"createInvitation">;
  forRole: Role;
  onClose: () => void;
}

/** A one-time code to enrol a workstation, with the very command to run. */
export function CodeDialog({ made, name, onClose }: CodeDialogProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <Dialog
      title={t("operator.people.codeTitle", { name })}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("shell.close")}</Button>}
    >
      <CopyField
        label={t("operator.people.command")}
        value={`npx etabli enrol ${window.location.origin} ${made.code}`}
      />
      <p className={css.soft}>
        {t("operator.people.codeText", { time: formatInstant(made.expiresAt, language) })}
      </p>
    </Dialog>
  );
}

interface CodeDialogProps {
  made: Output<"createEnrolment">;
  name: string;
  onClose: () => void;
}
