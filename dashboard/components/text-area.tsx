import type { TextareaHTMLAttributes } from "react";
import { Labelled, type LabelProps } from "./labelled.tsx";

/** A labelled box for several lines. */
export function TextArea({
  label,
  hint,
  error,
  ...area
}: LabelProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Labelled
      label={label}
      hint={hint}
      error={error}
      control={(ties) => <textarea rows={6} spellCheck={false} {...area} {...ties} />}
    />
  );
}
