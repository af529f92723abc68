import { useId, useState } from "react";
import css from "./file-field.module.css";

interface FileFieldProps {
  label: string;
  button: string;
  accept: string;
  onText: (text: string) => void;
}

/** Chooses a text file; drawn by us, because the browser's own words ignore the language of the page. */
export function FileField({ label, button, accept, onText }: FileFieldProps) {
  const id = useId();
  const [name, setName] = useState("");
  return (
    <div className={css.file}>
      <input
        id={id}
        className="visually-hidden"
        type="file"
        accept={accept}
        aria-label={label}
        onChange={async (event) => {
          const file = event.target.files?.[0];
          if (!file) return;
          setName(file.name);
          onText(await file.text());
        }}
      />
      <label htmlFor={id}>{button}</label>
      <span>{name}</span>
    </div>
  );
}
