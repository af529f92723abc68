import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { SectionHeading } from "../components/section-links.tsx";
import { MirrorCard } from "./mirror-card.tsx";
import { RefusedCard } from "./refused-card.tsx";

/** What has left, and whether the site holds exactly that. */
export function LeftSection({ status }: { status: Status }) {
  const { t } = useTranslation();
  return (
    <>
      <SectionHeading section="left" text={t("left.text")} />
      <MirrorCard now={status.now} />
      <RefusedCard count={status.waiting.refused} />
    </>
  );
}
