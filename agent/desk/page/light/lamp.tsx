import css from "./lamp.module.css";

/** A lamp: lit, out, or not to be told. Each has its own shape, so that colour is never alone. */
export function Lamp({ state }: { state: "on" | "off" | "unknown" }) {
  return (
    <svg className={css[state]} viewBox="0 0 96 96" aria-hidden="true" data-lamp={state}>
      {state === "on" && (
        <>
          <circle className={css.glow} cx="48" cy="48" r="46" />
          <path
            className={css.rays}
            d="M48 4v9M48 83v9M4 48h9M83 48h9M16.9 16.9l6.4 6.4M72.7 72.7l6.4 6.4M79.1 16.9l-6.4 6.4M23.3 72.7l-6.4 6.4"
          />
          <circle className={css.bulb} cx="48" cy="48" r="25" />
          <circle className={css.core} cx="48" cy="48" r="10" />
        </>
      )}
      {state === "off" && (
        <>
          <circle className={css.bulb} cx="48" cy="48" r="25" />
          <path className={css.stroke} d="M22 74 74 22" />
        </>
      )}
      {state === "unknown" && (
        <>
          <circle className={css.bulb} cx="48" cy="48" r="25" />
          <path
            className={css.stroke}
            d="M41 42c0-5 3-8 7.5-8s7.5 3 7.5 7c0 5.5-7.5 5.5-7.5 11.5"
          />
          <circle className={css.dot} cx="48.5" cy="60.5" r="2.2" />
        </>
      )}
    </svg>
  );
}
