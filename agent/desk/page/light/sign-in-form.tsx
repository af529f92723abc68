import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../api/desk.tsx";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Field } from "../components/field.tsx";
import css from "./sign-in-form.module.css";

/** Where several people take turns: says who sits here now. */
export function SignInForm() {
  const { t } = useTranslation();
  const { act } = useDesk();
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const signIn = async () => {
    setIsBusy(true);
    await act({ command: "signin", name: name.trim(), passphrase });
    setPassphrase("");
    setIsBusy(false);
  };
  return (
    <Card level={2} title={t("page.signIn.title")} text={t("page.signIn.text")}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <Field
          label={t("page.signIn.name")}
          value={name}
          required
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t("page.signIn.passphrase")}
          value={passphrase}
          required
          maxLength={200}
          type="password"
          autoComplete="off"
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Button look="primary" type="submit" disabled={isBusy}>
          {t("page.signIn.action")}
        </Button>
      </form>
    </Card>
  );
}
