import { Tooltip } from '@mantine/core';
import { exactTime, shortTime } from '../../parts/times.ts';
import { useNow } from '../../parts/useNow.ts';

/** When something fires next, in a narrow column: exact on hover. */
export function FireTime({ at }: { at: string }) {
  const now = useNow();
  const time = new Date(at);
  return (
    <Tooltip label={exactTime(time)}>
      <time dateTime={at} className="home-fire-time nowrap">
        {shortTime(time, now)}
      </time>
    </Tooltip>
  );
}
