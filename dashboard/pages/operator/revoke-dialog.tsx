import { useTranslation } from "react-i18next";
import type { PersonRow } from "#schema/endpoints";
import { useAction } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";

interface RevokeDialogProps {
  person: PersonRow;
  onClose: () => void;
  onDone: (revoked: number) => void;
}

/** Asks before all workstations of a person are revoked. */
export function RevokeDialog({ person, onClose, onDone }: RevokeDialogProps) {
  const { t } = useTranslation();
  const revoke = useAction("revokeWorkstations", ["listPeople", "listWorkstations"]);
  return (
    <Dialog
      title={t("operator.people.revokeTitle", { name: person.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("shell.cancel")}</Button>
          <Button
            look="danger"
            disabled={revoke.isPending}
            onClick={() =>
              revoke.mutate({ person: person.id }, { onSuccess: (reply) => onDone(reply.revoked) })
            }
          >
            {t("operator.people.revokeDo")}
          </Button>
        </>
      }
    >
      <p>{t("operator.people.revokeText")}</p>
      {revoke.isError && <ProblemNotice error={revoke.error} />}
    </Dialog>
  );
}
