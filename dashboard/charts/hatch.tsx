import { useId } from "react";

/** A name for the hatching of one drawing, and the fill that uses it. */
export function useHatch(): { id: string; fill: string } {
  const id = `hatch${useId().replaceAll(/[^a-zA-Z0-9]/g, "")}`;
  return { id, fill: `url(#${id})` };
}

/** The hatching that stands for missing time everywhere. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line x1="0" y1="0" x2="0" y2="7" stroke="var(--missing)" strokeWidth="2" opacity="0.55" />
      </pattern>
    </defs>
  );
}
