import { type ReactNode, useId } from "react";
import css from "./card.module.css";

interface CardProps {
  title: string;
  /** The heading's: 3 below the heading of a part of the page, 2 beside it. */
  level?: 2 | 3;
  text?: string | undefined;
  aside?: ReactNode;
  children?: ReactNode;
}

/** A titled region of a part of the page. */
export function Card({ title, level = 3, text, aside, children }: CardProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section className={css.card} aria-labelledby={id}>
      <header className={css.head}>
        <div>
          <Heading id={id}>{title}</Heading>
          {text && <p className={css.text}>{text}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
