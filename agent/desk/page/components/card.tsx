import { type ReactNode, useId } from "react";
import css from "./card.module.css";

interface CardProps {
  title: string;
  text?: string | undefined;
  aside?: ReactNode;
  children?: ReactNode;
}

/** A titled region of a part of the page. */
export function Card({ title, text, aside, children }: CardProps) {
  const id = useId();
  return (
    <section className={css.card} aria-labelledby={id}>
      <header className={css.head}>
        <div>
          <h3 id={id}>{title}</h3>
          {text && <p className={css.text}>{text}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
