import { useTranslation } from "react-i18next";
import type { AccountRow } from "#schema/endpoints";
import { useAction } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";

/** Asks before an account is removed. */
export function RemoveAccountDialog({
  account,
  onClose,
}: {
  account: AccountRow;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const remove = useAction("removeAccount", ["listAccounts", "listPeople"]);
  return (
    <Dialog
      title={t("operator.accounts.removeTitle", { name: account.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("shell.cancel")}</Button>
          <Button
            look="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate({ account: account.id }, { onSuccess: onClose })}
          >
            {t("operator.accounts.removeDo")}
          </Button>
        </>
      }
    >
      <p>{t("operator.accounts.removeText")}</p>
      {remove.isError && <ProblemNotice error={remove.error} />}
    </Dialog>
  );
}
