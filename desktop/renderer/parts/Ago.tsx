import { useEffect, useState } from 'react';
import { agoWords, exactWords, shortWords } from './times.ts';

/** A time as people say it; the exact one on hover. */
export function Ago({ at, as = 'ago' }: { at: string; as?: 'ago' | 'short' }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  // a clock that is read between two ticks must not say "in 5 seconds" of something that just was
  const moment = Math.max(now, Date.now());
  return (
    <time dateTime={at} title={exactWords(at)}>
      {as === 'ago' ? agoWords(at, moment) : shortWords(at, moment)}
    </time>
  );
}
