import { useEffect, useState } from "react";

/** The present in epoch ms, looked at again every `every` ms and whenever `news` changes. */
export function useNow(every: number, news: unknown): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  // What has just arrived may end after the last look at the clock, and would lie in the future.
  const [seen, setSeen] = useState(news);
  if (seen !== news) {
    setSeen(news);
    setNow(Date.now());
  }
  return now;
}
