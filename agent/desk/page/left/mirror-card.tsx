import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Comparison, Mirrored } from "#agent/control/held";
import type { Reply } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { useReply } from "../api/use-reply.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Notice } from "../components/notice.tsx";
import { useReplyText } from "../text/reply-text.ts";
import { ComparisonNotice } from "./comparison-notice.tsx";
import css from "./left.module.css";
import { MirrorTable } from "./mirror-table.tsx";

/** The copy of what left in the last 24 hours, and its comparison with what the site holds. */
export function MirrorCard({ now }: { now: string }) {
  const { t } = useTranslation();
  const { ask } = useDesk();
  const textOf = useReplyText();
  const { reply, again } = useReply({ command: "mirror" });
  const [compared, setCompared] = useState<Reply | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const compare = async () => {
    setIsAsking(true);
    // Read anew, so that what left meanwhile is in the list it is compared with.
    again();
    setCompared(await ask({ command: "compare" }));
    setIsAsking(false);
  };
  const mirror = newestFirst(reply?.ok ? reply.mirror : undefined);
  const comparison: Comparison[] = (compared?.ok && compared.comparison) || [];
  return (
    <Card
      title={t("left.batches")}
      text={t("left.compareText")}
      aside={
        <Button look="primary" disabled={isAsking} onClick={() => void compare()}>
          {t(isAsking ? "left.comparing" : "left.compare")}
        </Button>
      }
    >
      {[reply, compared].map(
        (answer) =>
          answer &&
          !answer.ok && (
            <Notice key={answer.code} tone="problem">
              <p>{textOf(answer)}</p>
            </Notice>
          ),
      )}
      {comparison.length > 0 && <ComparisonNotice comparison={comparison} />}
      {mirror === null && <p aria-busy="true">{t("page.loading")}</p>}
      {mirror?.length === 0 && <p className={css.soft}>{t("left.none")}</p>}
      {mirror && mirror.length > 0 && (
        <MirrorTable mirror={mirror} comparison={comparison} now={now} />
      )}
    </Card>
  );
}

function newestFirst(mirror: Mirrored[] | undefined): Mirrored[] | null {
  return mirror ? mirror.toSorted((a, b) => b.epoch - a.epoch || b.seq - a.seq) : null;
}
