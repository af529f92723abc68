import type { TFunction } from "i18next";
import { type Description, describeMark, describeSpan, describeWork } from "./describe.ts";
import type { Shape, TimelineLayout } from "./lay-out.ts";
import css from "./timeline.module.css";

/** What is pointed at or in focus, and where it stands in the drawing. */
export interface Tip {
  key: string;
  row: string;
  text: Description;
  middle: number;
  top: number;
}

/** The tip for the shape an event happened on; null when it happened on none. */
export function findTip(
  target: EventTarget,
  layout: TimelineLayout,
  zone: string,
  t: TFunction,
): Tip | null {
  const element = target instanceof Element ? target.closest<SVGElement>("[data-key]") : null;
  const { key, row } = element?.dataset ?? {};
  if (key === undefined || row === undefined) return null;
  const tip = (shape: Shape<unknown>, text: Description): Tip => ({
    key,
    row,
    text,
    middle: shape.x + shape.width / 2,
    top: shape.y,
  });
  const work = layout.work.shapes.find((shape) => shape.key === key);
  if (work && row === layout.work.id) return tip(work, describeWork(work.thing, zone, t));
  const mark = layout.marks?.shapes.find((shape) => shape.key === key);
  if (mark && row === layout.marks?.id) return tip(mark, describeMark(mark.thing, zone, t));
  const tool = layout.tools
    .find((entry) => entry.id === row)
    ?.shapes.find((shape) => shape.key === key);
  return tool ? tip(tool, describeSpan(tool.thing, zone, t)) : null;
}

const HALF = 120;

/** A small box above the shape. Screen readers get the same from the shape itself. */
export function TipBox({ tip, scroller, frameWidth }: TipBoxProps) {
  const offset = scroller ? scroller.offsetLeft - scroller.scrollLeft : 0;
  const left = Math.min(Math.max(tip.middle + offset, HALF), frameWidth - HALF);
  return (
    <div className={css.tip} style={{ left, top: tip.top - 8 }} aria-hidden="true">
      <strong>{tip.text.title}</strong>
      <span>{tip.text.detail}</span>
    </div>
  );
}

interface TipBoxProps {
  tip: Tip;
  scroller: HTMLElement | null;
  frameWidth: number;
}
