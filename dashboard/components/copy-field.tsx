import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import css from "./copy-field.module.css";

/** A text to take elsewhere: selectable, with a button that copies it and says so. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<"copied" | "copyFailed" | null>(null);
  const text = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid("copied");
    } catch {
      // Without a secure context there is no clipboard: select the text for the reader instead.
      if (text.current) window.getSelection()?.selectAllChildren(text.current);
      setSaid("copyFailed");
    }
  };
  return (
    <div className={css.copy}>
      <div className={css.head}>
        <p className={css.label}>{label}</p>
        <p className={css.said} role="status">
          {said && t(`shell.${said}`)}
        </p>
      </div>
      <div className={css.row}>
        <code ref={text}>{value}</code>
        <Button small onClick={copy} aria-label={`${t("shell.copy")}: ${label}`}>
          {t("shell.copy")}
        </Button>
      </div>
    </div>
  );
}
