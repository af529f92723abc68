import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import columns from "../components/columns.module.css";
import { SectionHeading } from "../components/section-links.tsx";
import { Categories } from "./categories.tsx";
import { Hours } from "./hours.tsx";
import { Senses } from "./senses.tsx";

/** What is recorded, by what, and when. */
export function RecordedSection({ status }: { status: Status }) {
  const { t } = useTranslation();
  return (
    <>
      <SectionHeading section="recorded" text={t("recorded.text")} />
      <div className={columns.columns}>
        <Categories status={status} />
        <div className={columns.column}>
          <Hours status={status} />
          <Senses status={status} />
        </div>
      </div>
    </>
  );
}
