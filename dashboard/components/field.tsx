import type { InputHTMLAttributes } from "react";
import { Labelled, type LabelProps } from "./labelled.tsx";

/** A labelled input with its hint and its error. */
export function Field({
  label,
  hint,
  error,
  ...input
}: LabelProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Labelled
      label={label}
      hint={hint}
      error={error}
      control={(ties) => <input {...input} {...ties} />}
    />
  );
}
