/** Those who wait for the same event. */
export function makeWaiters<T>() {
  let waiting: { resolve: (value: T) => void; reject: (error: Error) => void }[] = [];
  const take = () => {
    const all = waiting;
    waiting = [];
    return all;
  };
  return {
    wait: (): Promise<T> =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
      }),
    resolve(value: T): void {
      for (const { resolve } of take()) resolve(value);
    },
    reject(error: Error): void {
      for (const { reject } of take()) reject(error);
    },
  };
}
