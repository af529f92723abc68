import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Redirect } from "wouter";
import { CallError } from "../../api/problem-error.ts";
import { useEnterAs, useSession } from "../../api/session.ts";
import { useAction, useEndpoint } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Loading } from "../../components/loading.tsx";
import { Notice } from "../../components/notice.tsx";
import { usePageTitle } from "../../components/page.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { entryPages } from "../../routes.ts";
import { BenchPicture } from "./bench-picture.tsx";
import css from "./entry.module.css";

/** The first page: sign in, then on to the first page of the account's role. */
export function SignInPage() {
  const { t } = useTranslation();
  const { account, isPending } = useSession();
  const site = useEndpoint("readSite", {});
  usePageTitle(t("entry.title"));
  if (isPending) return <Loading blocks={1} />;
  if (account) return <Redirect to={entryPages[account.role]} replace />;
  return (
    <div className={css.entry}>
      <div className={css.words}>
        <p className={css.motto}>{t("entry.motto")}</p>
        <p>{t("entry.promise")}</p>
        <BenchPicture />
      </div>
      <div className={css.card}>
        <h1>{t("entry.title")}</h1>
        {site.isError && <ProblemNotice error={site.error} onRetry={() => void site.refetch()} />}
        {site.data?.needsOperator && (
          <Notice tone="info">
            <p>{t("entry.needsOperator")}</p>
          </Notice>
        )}
        <SignInForm />
      </div>
    </div>
  );
}

function SignInForm() {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const signIn = useAction("signIn");
  const enterAs = useEnterAs();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = login.trim() === "" || password === "";
    setMissing(lacks);
    if (lacks) return;
    signIn.mutate(
      { login: login.trim().toLowerCase(), password },
      { onSuccess: enterAs, onError: () => setPassword("") },
    );
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <Field
        label={t("entry.login")}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={60}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <Field
        label={t("entry.password")}
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={200}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {missing && (
        <Notice tone="problem">
          <p>{t("entry.missing")}</p>
        </Notice>
      )}
      {!missing && signIn.isError && <SignInProblem error={signIn.error} />}
      <Button type="submit" look="primary" disabled={signIn.isPending}>
        {signIn.isPending ? t("entry.working") : t("entry.submit")}
      </Button>
    </form>
  );
}

/** A wrong pair is the reader's to mend; anything else is said as what it is. */
function SignInProblem({ error }: { error: Error }) {
  const { t } = useTranslation();
  const mismatch =
    error instanceof CallError && ["not_signed_in", "forbidden", "bad_input"].includes(error.code);
  if (!mismatch) return <ProblemNotice error={error} />;
  return (
    <Notice tone="problem">
      <p>{t("entry.wrong")}</p>
    </Notice>
  );
}
