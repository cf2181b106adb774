import type { RunState } from '@rondo/shared/runs/states.ts';
import {
  IconAlertCircleFilled,
  IconBan,
  IconCircleCheckFilled,
  IconClock,
  IconClockPause,
  IconLoader2,
} from '@tabler/icons-react';
import { useT } from '../messages/useT.ts';

export type Tone = 'ok' | 'wait' | 'bad' | 'run' | 'off';

const looks = {
  queued: { tone: 'off', Icon: IconClock },
  running: { tone: 'run', Icon: IconLoader2 },
  waiting: { tone: 'wait', Icon: IconClockPause },
  succeeded: { tone: 'ok', Icon: IconCircleCheckFilled },
  failed: { tone: 'bad', Icon: IconAlertCircleFilled },
  cancelled: { tone: 'off', Icon: IconBan },
} as const;

/** The state of a run: a word, an icon and a colour. */
export function StateBadge({ state }: { state: RunState }) {
  const t = useT();
  const { tone, Icon } = looks[state];
  return (
    <span className={`badge tone-${tone}`} data-state={state}>
      <Icon size={14} aria-hidden className={state === 'running' ? 'turning' : undefined} />
      {t(`parts.state.${state}`)}
    </span>
  );
}

/** The same without the tinted ground: a dot and the word. */
export function StateDot({ state }: { state: RunState }) {
  const t = useT();
  return (
    <span className="state-dot">
      <span className={`dot tone-${looks[state].tone}`} aria-hidden />
      {t(`parts.state.${state}`)}
    </span>
  );
}
