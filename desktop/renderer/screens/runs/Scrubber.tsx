import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { secondWords } from '../../parts/times.ts';
import { speeds, waitBefore } from './playing.ts';

interface ScrubberProps {
  /** moments of the run's events, in order */
  times: string[];
  /** how many events are looked at; null = all, and those to come */
  count: number | null;
  /** what happens at the moment that is looked at, in words: read out while one goes through the run */
  happening?: string | undefined;
  onChange: (count: number | null) => void;
}

/** A bar that goes through the run event by event, or plays it; at its end one looks at the present. */
export function Scrubber({ times, count, happening, onChange }: ScrubberProps) {
  const t = useT();
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const shown = count ?? times.length;
  const set = (next: number) => onChange(next >= times.length ? null : Math.max(1, next));
  const at = times[shown - 1];
  const moment = count === null || at === undefined ? t('runs.now') : secondWords(at);
  const words = count !== null && happening ? `${moment}, ${happening}` : moment;
  const over = count === null || shown >= times.length;
  useEffect(() => {
    if (!playing) return;
    if (over) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(
      () => onChange(shown + 1 >= times.length ? null : shown + 1),
      waitBefore(times[shown - 1], times[shown], speed),
    );
    return () => clearTimeout(timer);
  }, [playing, over, shown, times, speed, onChange]);
  const toggle = () => {
    if (!playing && over) onChange(times.length > 1 ? 1 : null);
    setPlaying(!playing);
  };
  return (
    <div className="scrubber">
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t(playing ? 'testing.scrub.pause' : 'testing.scrub.play')}
        disabled={times.length < 2}
        onClick={toggle}
      >
        {playing ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
      </ActionIcon>
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
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          toggle();
        }}
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
      <NativeSelect
        size="xs"
        aria-label={t('testing.scrub.speed')}
        value={String(speed)}
        data={speeds.map((value) => ({ value: String(value), label: t('testing.scrub.times', { speed: value }) }))}
        onChange={(event) => setSpeed(Number(event.currentTarget.value))}
      />
      <output>
        {moment}
        {count !== null && happening && <span className="scrubber-what">{happening}</span>}
      </output>
    </div>
  );
}
