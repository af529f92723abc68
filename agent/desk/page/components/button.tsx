import type { ButtonHTMLAttributes } from "react";
import css from "./button.module.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "plain" | "danger" | "quiet";
  small?: boolean;
}

/** The one button of the page. */
export function Button({ look = "plain", small = false, className, ...rest }: ButtonProps) {
  const classes = [css.button, css[look], small && css.small, className].filter(Boolean);
  return <button type="button" className={classes.join(" ")} {...rest} />;
}
