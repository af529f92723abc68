import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "#schema/account";
import { useEnterAs } from "../api/session.ts";
import { useAction } from "../api/use-endpoint.ts";
import css from "./account-menu.module.css";
import { Button } from "./button.tsx";

/** Who is signed in, and the way out. */
export function AccountMenu({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const panel = useId();
  const menu = useRef<HTMLDivElement>(null);
  const signOut = useAction("signOut");
  const enterAs = useEnterAs();

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) setOpen(false);
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape") setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("keydown", closeOnEscape);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("keydown", closeOnEscape);
    };
  }, [open]);

  return (
    <div className={css.menu} ref={menu}>
      <button
        type="button"
        className={css.trigger}
        aria-label={t("shell.account", { name: account.name })}
        data-initials={initialsOf(account.name)}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      />
      <div id={panel} className={css.panel} hidden={!open}>
        <p className={css.name}>{account.name}</p>
        <p className={css.role}>
          {account.login} · {t(`shell.roles.${account.role}`)}
        </p>
        <Button
          disabled={signOut.isPending}
          onClick={() => signOut.mutate({}, { onSettled: () => enterAs(null) })}
        >
          {t("shell.signOut")}
        </Button>
      </div>
    </div>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/u).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => Array.from(word ?? "")[0] ?? "")
    .join("")
    .toUpperCase();
}
