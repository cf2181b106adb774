import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { secondWords } from '../../parts/times.ts';

interface ScrubberProps {
  /** moments of the run's events, in order */
  times: string[];
  /** how many events are looked at; null = all, and those to come */
  count: number | null;
  onChange: (count: number | null) => void;
}

/** A bar that goes through the run event by event; at its end one looks at the present. */
export function Scrubber({ times, count, onChange }: ScrubberProps) {
  const t = useT();
  const shown = count ?? times.length;
  const set = (next: number) => onChange(next >= times.length ? null : Math.max(1, next));
  const at = times[shown - 1];
  const words = count === null || at === undefined ? t('runs.now') : secondWords(at);
  return (
    <div className="scrubber">
      <ActionIcon
        variant="subtle"
        aria-label={t('runs.scrubBack')}
        disabled={shown <= 1}
        onClick={() => set(shown - 1)}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <input
        type="range"
        min={1}
        max={Math.max(1, times.length)}
        value={shown}
        aria-label={t('runs.scrub')}
        aria-valuetext={words}
        onChange={(event) => set(Number(event.currentTarget.value))}
      />
      <ActionIcon
        variant="subtle"
        aria-label={t('runs.scrubOn')}
        disabled={count === null}
        onClick={() => set(shown + 1)}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
      <output>{words}</output>
    </div>
  );
}
