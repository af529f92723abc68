import type { StoreKind } from "./site/fresh-store.ts";

/** One measured number, as printed. */
export interface Figure {
  name: string;
  /** What the site of the run kept its events in. */
  store: StoreKind;
  value: number;
  unit: string;
  /** Against the bare insert of the same rows, where there is one. */
  ratio?: number;
  /** How many observations stand behind the value. */
  n: number;
}

/** Something that can be measured. */
export interface Benchmark {
  /** Every name its figures may bear. */
  names: readonly string[];
  /** One line for `--help`. */
  about: string;
  /** Which stores it is run on, of those there are. */
  stores: "each" | "embedded";
  measure(store: StoreKind, tell: (line: string) => void): Promise<Figure[]>;
}
