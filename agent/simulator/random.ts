/** Draws that a seed decides: the same seed, the same numbers, on every machine. */
export interface Random {
  /** In [0, 1). */
  uniform: () => number;
  /** True with this probability. */
  chance: (probability: number) => boolean;
  /** In [low, high). */
  between: (low: number, high: number) => number;
  /** One of the entries, by weight. */
  pick: <T>(entries: readonly (readonly [T, number])[]) => T;
  /** Exponential with that mean. */
  exponential: (mean: number) => number;
  /** Lognormal with that median and mean; the mean is never below the median. */
  lognormal: (median: number, mean: number) => number;
}

/** A source of draws for a seed. Generator: sfc32 of PractRand (C. Doty-Humphrey, public domain). */
export function createRandom(seed: string): Random {
  const uniform = createUniform(seed);
  const normal = () =>
    // Box-Muller; 1 - u keeps the logarithm finite.
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    chance: (probability) => uniform() < probability,
    between: (low, high) => low + (high - low) * uniform(),
    pick: (entries) => pickByWeight(entries, uniform()),
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    lognormal: (median, mean) =>
      median * Math.exp(Math.sqrt(2 * Math.log(mean / median)) * normal()),
  };
}

function pickByWeight<T>(entries: readonly (readonly [T, number])[], draw: number): T {
  const last = entries.at(-1);
  if (last === undefined) throw new Error("nothing to pick from");
  let left = draw * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of entries) {
    left -= weight;
    if (left < 0) return value;
  }
  return last[0];
}

function createUniform(seed: string): () => number {
  let a = hashText(seed, 0x811c9dc5);
  let b = hashText(seed, 0x01234567);
  let c = hashText(seed, 0x89abcdef);
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** FNV-1a over UTF-16 units, from a given basis. */
function hashText(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash | 0;
}
