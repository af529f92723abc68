import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useReply } from "../api/use-reply.ts";
import { Notice } from "../components/notice.tsx";
import { SectionHeading } from "../components/section-links.tsx";
import { useReplyText } from "../text/reply-text.ts";
import type { WaitingEvent } from "../view/held-events.ts";
import { CorrectDialog } from "./correct-dialog.tsx";
import { DeleteStretch } from "./delete-stretch.tsx";
import { HoldBack } from "./hold-back.tsx";
import { SealedBatches } from "./sealed-batches.tsx";
import css from "./waiting.module.css";
import { WaitingEvents } from "./waiting-events.tsx";

/** All that has not left: to read, to correct, to delete. */
export function WaitingSection({ status }: { status: Status }) {
  const { t } = useTranslation();
  const textOf = useReplyText();
  const { waiting, task } = status;
  const news = [waiting.held, waiting.batches, waiting.batchEvents, task?.since].join();
  const { reply, again } = useReply({ command: "held" }, news);
  const [correcting, setCorrecting] = useState<WaitingEvent | null>(null);
  const held = reply?.ok ? reply.held : undefined;
  return (
    <>
      <SectionHeading section="waiting" text={t("waiting.text")} />
      {reply && !reply.ok && (
        <Notice tone="problem">
          <p>{textOf(reply)}</p>
        </Notice>
      )}
      {!reply && <p aria-busy="true">{t("page.loading")}</p>}
      {held && (
        <>
          <div className={css.columns}>
            <WaitingEvents
              held={held}
              now={status.now}
              onAgain={again}
              onCorrect={(event) => setCorrecting(event)}
            />
            <div className={css.column}>
              <DeleteStretch held={held} now={status.now} />
              <HoldBack status={status} />
            </div>
          </div>
          <SealedBatches batches={held.batches} now={status.now} />
        </>
      )}
      {correcting && (
        <CorrectDialog event={correcting} now={status.now} onClose={() => setCorrecting(null)} />
      )}
    </>
  );
}
