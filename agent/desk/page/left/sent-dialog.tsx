import { useTranslation } from "react-i18next";
import type { Mirrored } from "#agent/control/held";
import { useReply } from "../api/use-reply.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { SealedText } from "../components/sealed-text.tsx";
import { useReplyText } from "../text/reply-text.ts";

/** The very bytes of a batch that left. */
export function SentDialog({
  batch: { epoch, seq, sha256 },
  onClose,
}: {
  batch: Mirrored;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const textOf = useReplyText();
  const { reply } = useReply({ command: "mirror-batch", epoch, seq });
  return (
    <Dialog
      title={t("waiting.batch", { seq })}
      wide
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("page.close")}</Button>}
    >
      {!reply && <p aria-busy="true">{t("page.loading")}</p>}
      {reply && !reply.ok && <p role="alert">{textOf(reply)}</p>}
      {reply?.ok && reply.text !== undefined && <SealedText text={reply.text} sha256={sha256} />}
    </Dialog>
  );
}
