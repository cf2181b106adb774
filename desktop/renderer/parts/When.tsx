import { Tooltip } from '@mantine/core';
import { useT } from '../messages/useT.ts';
import { comingWords, exactTime, timeWords } from './times.ts';
import { useNow } from './useNow.ts';

interface Props {
  at: string;
  /** it lies ahead: within the next minute it is "in a moment", never "just now" */
  coming?: boolean;
  className?: string;
}

/** A moment: relative to now, exact on hover. */
export function When({ at, coming = false, className }: Props) {
  const t = useT();
  const now = useNow();
  const time = new Date(at);
  // a clock that is a little ahead or an answer newer than the last tick is not "in one minute"
  const shown = time > now && time.getTime() - now.getTime() < 30_000 ? time : now;
  return (
    <Tooltip label={exactTime(time)}>
      <time dateTime={at} className={className}>
        {coming ? comingWords(time, now, t) : timeWords(time, shown, t)}
      </time>
    </Tooltip>
  );
}
