import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Button } from "./button.tsx";
import css from "./header.module.css";
import { LanguageSwitch } from "./language-switch.tsx";
import { Logo } from "./logo.tsx";

/** What this page is; where several people take turns, how to leave it to the next one. */
export function Header({ status }: { status: Status | null }) {
  const { t } = useTranslation();
  return (
    <header className={css.header}>
      <div className={css.bar}>
        <p className={css.brand}>
          <Logo />
          <span>
            <strong>{t("page.product")}</strong> <span>{t("page.place")}</span>
          </span>
        </p>
        <div className={css.tools}>
          {status?.shared && status.recording !== "signed-out" && <SignOut />}
          <LanguageSwitch />
        </div>
      </div>
    </header>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const { act } = useDesk();
  return (
    <Button small onClick={() => void act({ command: "signout" })}>
      {t("page.signIn.out")}
    </Button>
  );
}
