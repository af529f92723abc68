import { Hatch, useHatch } from "../../charts/hatch.tsx";
import { colourOf, heightOf, type Look } from "../../view/kinds.ts";
import css from "./entry.module.css";

/** An invented day: a look and a width each, `missing` for time nobody recorded. */
const day: readonly [Look | "missing", number][] = [
  ["ready", 10],
  ["contact", 26],
  ["acw", 9],
  ["contact", 14],
  ["acw", 8],
  ["ready", 16],
  ["contact", 38],
  ["acw", 12],
  ["inquiry", 24],
  ["contact", 18],
  ["break", 26],
  ["contact", 30],
  ["acw", 8],
  ["ready", 12],
  ["contact", 22],
  ["missing", 44],
  ["contact", 16],
  ["together", 34],
  ["acw", 10],
  ["contact", 28],
  ["ready", 14],
  ["contact", 20],
  ["break", 18],
  ["contact", 34],
  ["acw", 10],
];

const HEIGHT = 88;
const BENCH = 6;

/** A working day standing on a bench. Decoration only. */
export function BenchPicture() {
  const hatch = useHatch();
  let x = 12;
  const bars = day.map(([look, width]) => {
    const height = look === "missing" ? HEIGHT : heightOf(look) * HEIGHT;
    const bar = { look, x, width: width - 1.5, y: HEIGHT - height, height };
    x += width;
    return bar;
  });
  return (
    <svg className={css.picture} viewBox={`0 0 ${x + 12} 136`} aria-hidden="true">
      <Hatch id={hatch.id} />
      {bars.map((bar) => (
        <rect
          key={bar.x}
          x={bar.x}
          y={bar.y}
          width={bar.width}
          height={bar.height}
          rx="2"
          fill={bar.look === "missing" ? hatch.fill : colourOf(bar.look)}
          stroke={bar.look === "missing" ? "var(--missing)" : "none"}
          strokeDasharray="4 3"
        />
      ))}
      <rect y={HEIGHT} width={x + 12} height={BENCH} rx="3" fill="var(--accent)" />
      <path
        d={`M36 ${HEIGHT + BENCH}v38M${x - 24} ${HEIGHT + BENCH}v38M36 ${HEIGHT + 28}H${x - 24}`}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="5"
        strokeLinecap="round"
      />
    </svg>
  );
}
