import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { localDate } from "#schema/time";
import { useMyDay } from "../../api/use-my-day.ts";
import { Loading } from "../../components/loading.tsx";
import { usePageTitle } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { NotFoundPage } from "../entry/not-found-page.tsx";
import { DayView } from "./day/day-view.tsx";

/** My day: today, or the day named in the address. */
export function DayPage() {
  const { date } = useParams<{ date?: string }>();
  if (date !== undefined && !localDate.safeParse(date).success) return <NotFoundPage />;
  return <ReadDay date={date} />;
}

function ReadDay({ date }: { date: string | undefined }) {
  const { t } = useTranslation();
  const day = useMyDay(date);
  usePageTitle(date ? `${t("shell.pages.day")} ${date}` : t("shell.pages.day"));
  if (day.data)
    return (
      <DayView day={day.data} followToday={date === undefined} isArriving={day.isPlaceholderData} />
    );
  if (day.isError)
    return (
      <>
        <h1 className="visually-hidden">{t("shell.pages.day")}</h1>
        <ProblemNotice
          error={day.error}
          title={t("day.error")}
          onRetry={() => void day.refetch()}
        />
      </>
    );
  return <Loading />;
}
