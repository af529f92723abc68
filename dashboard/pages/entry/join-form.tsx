import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { login as loginSchema, newPassword, personName } from "#schema/account";
import { CallError } from "../../api/problem-error.ts";
import { useEnterAs } from "../../api/session.ts";
import { useAction } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Notice } from "../../components/notice.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { entryPages } from "../../routes.ts";
import css from "./entry.module.css";

interface JoinFormProps {
  token: string;
  login: string | null;
  name: string | null;
}

/** Login, name and password of the account to be; what the link fixes cannot be changed. */
export function JoinForm({ token, login: fixedLogin, name: fixedName }: JoinFormProps) {
  const { t } = useTranslation();
  const [login, setLogin] = useState(fixedLogin ?? "");
  const [name, setName] = useState(fixedName ?? "");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const [, navigate] = useLocation();
  const accept = useAction("acceptInvitation");
  const enterAs = useEnterAs();
  const good = {
    login: loginSchema.safeParse(login).success,
    name: personName.safeParse(name).success,
    password: newPassword.safeParse(password).success,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!good.login || !good.name || !good.password) return;
    accept.mutate(
      { token, login, name, password },
      {
        onSuccess: (account) => {
          enterAs(account);
          navigate(entryPages[account.role], { replace: true });
        },
      },
    );
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <Field
        label={t("entry.join.name")}
        hint={fixedName === null ? t("entry.join.nameHint") : t("entry.join.nameFixed")}
        error={tried && !good.name ? t("entry.join.badName") : undefined}
        autoComplete="name"
        readOnly={fixedName !== null}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t("entry.join.login")}
        hint={fixedLogin === null ? t("entry.join.loginHint") : t("entry.join.loginFixed")}
        error={tried && !good.login ? t("entry.join.badLogin") : undefined}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={fixedLogin !== null}
        value={login}
        onChange={(event) => setLogin(event.target.value.toLowerCase())}
      />
      <Field
        label={t("entry.join.password")}
        hint={t("entry.join.passwordHint")}
        error={tried && !good.password ? t("entry.join.badPassword") : undefined}
        type={shown ? "text" : "password"}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <label className={css.check}>
        <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
        {t("entry.join.show")}
      </label>
      {accept.isError && <JoinProblem error={accept.error} />}
      <Button type="submit" look="primary" disabled={accept.isPending}>
        {accept.isPending ? t("entry.join.working") : t("entry.join.submit")}
      </Button>
    </form>
  );
}

function JoinProblem({ error }: { error: Error }) {
  const { t } = useTranslation();
  if (!(error instanceof CallError) || error.code !== "conflict")
    return <ProblemNotice error={error} />;
  return (
    <Notice tone="problem">
      <p>{t("entry.join.taken")}</p>
    </Notice>
  );
}
