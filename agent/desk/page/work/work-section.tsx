import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import columns from "../components/columns.module.css";
import { Notice } from "../components/notice.tsx";
import { SectionHeading } from "../components/section-links.tsx";
import { BeginTask } from "./begin-task.tsx";
import { MarkCard } from "./mark-card.tsx";
import { ParkedTasks } from "./parked-tasks.tsx";
import { UnderWay } from "./under-way.tsx";

/** What I am on, and how to say so. */
export function WorkSection({ status }: { status: Status }) {
  const { t } = useTranslation();
  const isOn = status.recording === "on";
  return (
    <>
      <SectionHeading section="work" text={t("work.text")} />
      {!isOn && (
        <Notice tone="info">
          <p>{t("work.off")}</p>
        </Notice>
      )}
      <div className={columns.columns}>
        <div className={columns.column}>
          <UnderWay status={status} />
          <BeginTask status={status} />
        </div>
        <div className={columns.column}>
          <ParkedTasks status={status} />
          <MarkCard status={status} />
        </div>
      </div>
    </>
  );
}
