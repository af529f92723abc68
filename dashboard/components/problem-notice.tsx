import { useTranslation } from "react-i18next";
import { CallError } from "../api/problem-error.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

interface ProblemNoticeProps {
  error: unknown;
  title?: string;
  onRetry?: () => void;
}

/** What went wrong with a call, in the reader's language, and a way to try again where that may help. */
export function ProblemNotice({ error, title, onRetry }: ProblemNoticeProps) {
  const { t } = useTranslation();
  const code = error instanceof CallError ? error.code : "internal";
  const refusals = error instanceof CallError ? (error.refusals ?? []) : [];
  return (
    <Notice tone="problem" {...(title === undefined ? {} : { title })}>
      <p>{t(`shell.problems.${code}`)}</p>
      {refusals.length > 0 && (
        // The server says its reasons in English only.
        <ul lang="en">
          {refusals.map(({ path, reason }) => (
            <li key={`${path} ${reason}`}>{reason}</li>
          ))}
        </ul>
      )}
      {onRetry && (
        <Button small onClick={onRetry}>
          {t("shell.retry")}
        </Button>
      )}
    </Notice>
  );
}
