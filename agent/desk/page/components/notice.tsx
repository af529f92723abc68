import type { ReactNode } from "react";
import css from "./notice.module.css";

interface NoticeProps {
  tone: "info" | "problem" | "good";
  title?: string;
  children?: ReactNode;
}

/** A boxed message. A problem is announced at once, the others when the reader is free. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div
      className={`${css.notice} ${css[tone] ?? ""}`}
      role={tone === "problem" ? "alert" : tone === "good" ? "status" : undefined}
    >
      {title && <p className={css.title}>{title}</p>}
      {children}
    </div>
  );
}
