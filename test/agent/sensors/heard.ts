/** Collects what is told, and waits for it. */
export function makeHeard<Value>() {
  const told: Value[] = [];
  let wake = () => {};
  return {
    told,
    hear(value: Value) {
      told.push(value);
      wake();
    },
    async until(isEnough: (told: readonly Value[]) => boolean) {
      while (!isEnough(told)) await new Promise<void>((resolve) => (wake = resolve));
      return told;
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}
