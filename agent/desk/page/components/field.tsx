import { type InputHTMLAttributes, useId } from "react";
import css from "./field.module.css";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string;
  error?: string | undefined;
}

/** A labelled input with its hint, or what is wrong with what was put in. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-describedby={below ? `${id}-below` : undefined}
        aria-invalid={error ? true : undefined}
        {...input}
      />
      {below && (
        <p id={`${id}-below`} className={error ? css.error : css.hint}>
          {below}
        </p>
      )}
    </div>
  );
}

interface SelectFieldProps {
  label: string;
  value: string;
  options: readonly { value: string; name: string }[];
  hint?: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** A labelled choice of one out of a few. */
export function SelectField({
  label,
  value,
  options,
  hint,
  disabled = false,
  onChange,
}: SelectFieldProps) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
