import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { call } from "../../api/call.ts";
import { Loading } from "../../components/loading.tsx";
import { Notice } from "../../components/notice.tsx";
import { usePageTitle } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { useLanguage } from "../../text/language.ts";
import { formatInstant } from "../../view/format.ts";
import css from "./entry.module.css";
import { JoinForm } from "./join-form.tsx";

/** Where a one-time link leads. Its token stands behind the `#`, which browsers never send. */
export function JoinPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [token] = useState(() => window.location.hash.slice(1));
  usePageTitle(t("entry.join.title"));
  const invitation = useQuery({
    queryKey: ["readInvitation", token],
    queryFn: () => call("readInvitation", { token }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token !== "" && invitation.isPending) return <Loading blocks={1} />;
  return (
    <div className={`${css.card} ${css.alone ?? ""}`}>
      <h1>{t("entry.join.title")}</h1>
      {token === "" && (
        <Notice tone="problem">
          <p>{t("entry.join.noToken")}</p>
        </Notice>
      )}
      {invitation.isError && (
        <ProblemNotice error={invitation.error} onRetry={() => void invitation.refetch()} />
      )}
      {invitation.data ? (
        <>
          <div className={css.facts}>
            <p>{t("entry.join.as", { role: t(`shell.roles.${invitation.data.role}`) })}</p>
            {invitation.data.name && (
              <p>{t("entry.join.forName", { name: invitation.data.name })}</p>
            )}
            <p>
              {t("entry.join.expires", {
                time: formatInstant(invitation.data.expiresAt, language),
              })}
            </p>
          </div>
          <JoinForm token={token} login={invitation.data.login} name={invitation.data.name} />
        </>
      ) : (
        <Link href="/">{t("entry.join.toSignIn")}</Link>
      )}
    </div>
  );
}
