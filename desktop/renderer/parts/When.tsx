import { Tooltip } from '@mantine/core';
import { useT } from '../messages/useT.ts';
import { exactTime, timeWords } from './times.ts';
import { useNow } from './useNow.ts';

/** A moment: relative to now, exact on hover. */
export function When({ at, className }: { at: string; className?: string }) {
  const t = useT();
  const now = useNow();
  const time = new Date(at);
  // a clock that is a little ahead or an answer newer than the last tick is not "in one minute"
  const shown = time > now && time.getTime() - now.getTime() < 30_000 ? time : now;
  return (
    <Tooltip label={exactTime(time)}>
      <time dateTime={at} className={className}>
        {timeWords(time, shown, t)}
      </time>
    </Tooltip>
  );
}
