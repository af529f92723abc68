import { useTranslation } from "react-i18next";
import { colourOf, lookOf } from "../../view/kinds.ts";
import type { DayMark, DaySpan } from "../../view/timed-day.ts";
import { decoration, groupNamed } from "./aria.ts";
import { describeMark, describeSpan, describeWork } from "./describe.ts";
import type { Row, Shape, WorkThing } from "./lay-out.ts";
import { MarkSymbol } from "./mark-symbol.tsx";
import css from "./timeline.module.css";

/** Each row is one stop of the Tab key; `current` is the shape of it that has the stop. */
interface RowProps<Thing> {
  row: Row<Thing>;
  name: string;
  zone: string;
  current: string | undefined;
}

const WORDS_NEED = 96;
const UPRIGHT_WORDS_NEED = 18;

/** The work of the day and the holes in it. */
export function WorkRow({
  row,
  name,
  zone,
  current,
  hatch,
}: RowProps<WorkThing> & { hatch: string }) {
  const { t } = useTranslation();
  return (
    <g {...groupNamed(name)}>
      {row.shapes.map((shape) => (
        <g
          key={shape.key}
          {...focusable(shape, row, current)}
          aria-label={describeWork(shape.thing, zone, t).line}
        >
          {"span" in shape.thing ? (
            <Bar shape={shape} span={shape.thing.span} />
          ) : (
            <Hole shape={shape} pending={shape.thing.missing.pending} hatch={hatch} />
          )}
        </g>
      ))}
    </g>
  );
}

/** One application category. */
export function ToolRow({ row, name, zone, current }: RowProps<DaySpan>) {
  const { t } = useTranslation();
  return (
    <g {...groupNamed(name)}>
      {row.shapes.map((shape) => (
        <g
          key={shape.key}
          {...focusable(shape, row, current)}
          aria-label={describeSpan(shape.thing, zone, t).line}
        >
          <Bar shape={shape} span={shape.thing} />
        </g>
      ))}
    </g>
  );
}

/** Interruptions, deadlines and the like. */
export function MarkRow({ row, name, zone, current }: RowProps<DayMark>) {
  const { t } = useTranslation();
  return (
    <g {...groupNamed(name)}>
      {row.shapes.map((shape) => (
        <g
          key={shape.key}
          {...focusable(shape, row, current)}
          aria-label={describeMark(shape.thing, zone, t).line}
        >
          <rect {...box(shape)} fill="transparent" />
          <MarkSymbol kind={shape.thing.kind} x={shape.x + 2} y={shape.y + 2} />
        </g>
      ))}
    </g>
  );
}

function focusable<Thing>(shape: Shape<Thing>, row: Row<Thing>, current: string | undefined) {
  const stop = row.shapes.some((entry) => entry.key === current) ? current : row.shapes[0]?.key;
  return {
    role: "img",
    tabIndex: shape.key === stop ? 0 : -1,
    "data-key": shape.key,
    "data-row": row.id,
    className: css.shape,
  };
}

function box({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x, y, width, height };
}

/** A hair of surface stays between neighbours, so that back-to-back contacts are told apart. */
function Bar({ shape, span }: { shape: Shape<unknown>; span: DaySpan }) {
  const hair = shape.width > 4 ? 0.5 : 0;
  return (
    <rect
      x={shape.x + hair}
      y={shape.y}
      width={shape.width - 2 * hair}
      height={shape.height}
      rx={Math.min(2, shape.width / 3)}
      fill={colourOf(lookOf(span.kind))}
    />
  );
}

function Hole({
  shape,
  pending,
  hatch,
}: {
  shape: Shape<unknown>;
  pending: boolean;
  hatch: string;
}) {
  const { t } = useTranslation();
  const middle = { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
  return (
    <>
      <rect
        x={shape.x + 0.5}
        y={shape.y + 0.5}
        width={Math.max(1, shape.width - 1)}
        height={shape.height - 1}
        fill={pending ? "transparent" : hatch}
        stroke="var(--missing)"
        strokeDasharray="4 3"
      />
      {shape.width >= UPRIGHT_WORDS_NEED && (
        <text
          className={css.holeText}
          transform={`translate(${middle.x} ${middle.y})${shape.width < WORDS_NEED ? " rotate(-90)" : ""}`}
          {...decoration}
        >
          {pending ? t("day.timeline.pendingShort") : t("day.timeline.missingShort")}
        </text>
      )}
    </>
  );
}
