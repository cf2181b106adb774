import {
  IconAlertCircleFilled,
  IconAlertTriangleFilled,
  IconInfoCircle,
  IconShieldCheckFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Tone } from './StateBadge.tsx';

const signs: Record<Tone, typeof IconInfoCircle> = {
  ok: IconShieldCheckFilled,
  bad: IconAlertCircleFilled,
  wait: IconAlertTriangleFilled,
  run: IconInfoCircle,
  off: IconInfoCircle,
};

/** A line that tells something about the whole page. What is bad is read out at once. */
export function Notice({ tone, children, aside }: { tone: Tone; children: ReactNode; aside?: ReactNode }) {
  const Sign = signs[tone];
  return (
    <div className="notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Sign size={20} aria-hidden="true" />
      <div className="grow">{children}</div>
      {aside}
    </div>
  );
}
