import css from "./lamp.module.css";

/** A lamp: lit, out, or not to be told. Each has its own shape, so that colour is never alone. */
export function Lamp({ state }: { state: "on" | "off" | "unknown" }) {
  return (
    <svg className={css[state]} viewBox="0 0 96 96" aria-hidden="true" data-lamp={state}>
      {state === "on" && (
        <>
          <circle className={css.glow} cx="48" cy="48" r="46" />
          <circle className={css.halo} cx="48" cy="48" r="38" />
          <circle className={css.bulb} cx="48" cy="48" r="27" />
          <path className={css.shine} d="M34 43a16 16 0 0 1 12-11" />
        </>
      )}
      {state === "off" && (
        <>
          <circle className={css.bulb} cx="48" cy="48" r="27" />
          <path className={css.stroke} d="M22 74 74 22" />
        </>
      )}
      {state === "unknown" && (
        <>
          <circle className={css.bulb} cx="48" cy="48" r="27" />
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
