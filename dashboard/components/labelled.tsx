import { type ReactNode, useId } from "react";
import css from "./field.module.css";

/** What names a control and describes it. */
export interface LabelProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** What ties a control to its label, hint and error for screen readers. */
interface Ties {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

/** A control with its label above, and its hint and its error below. */
export function Labelled({
  label,
  hint,
  error,
  control,
}: LabelProps & { control: (ties: Ties) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {control({
        id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={css.error}>
          {error}
        </p>
      )}
    </div>
  );
}
