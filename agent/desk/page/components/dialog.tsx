import { type ReactNode, useEffect, useId, useRef } from "react";
import css from "./dialog.module.css";

interface DialogProps {
  title: string;
  /** For what has long lines. */
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
}

/** A question that stands in front of the page until it is answered. */
export function Dialog({ title, wide = false, onClose, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? `${css.dialog} ${css.wide ?? ""}` : css.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
      <div className={css.actions}>{actions}</div>
    </dialog>
  );
}
