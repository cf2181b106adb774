import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { FlowRecord } from '../flow/flowApi.ts';
import { useT } from '../messages/useT.ts';
import { DiffSign } from './DiffCard.tsx';
import type { Moment } from './moments.ts';
import { momentOf, numberOf } from './moments.ts';
import type { GestureItem, VersionItem } from './timeline.ts';

interface Props {
  record: FlowRecord;
  versions: readonly VersionItem[];
  gestures: readonly GestureItem[];
  from: Moment;
  to: Moment;
  onCompare: (from: Moment, to: Moment) => void;
}

/** Where one is, the two moments that are compared, and what the signs mean. */
export function CompareBar({ record, versions, gestures, from, to, onCompare }: Props) {
  const t = useT();
  const words = (moment: Moment): string => {
    if (moment === 'draft') return t('versions.draft');
    if (moment === 'nothing') return t('versions.nothing');
    const version = numberOf(moment, 'v');
    if (version !== undefined) return t('versions.version', { number: version });
    const seq = numberOf(moment, 'g') ?? 0;
    if (seq === 0) return t('versions.asMade');
    const label = gestures.find((gesture) => gesture.seq === seq)?.label ?? String(seq);
    return t('versions.afterGesture', { label });
  };
  const moments: Moment[] = ['draft', ...versions.map(({ number }): Moment => `v${number}`), 'g0', 'nothing'];
  const options = (chosen: Moment) =>
    [...new Set([...moments, chosen])].map((moment) => ({ value: moment, label: words(moment) }));
  const pick = (label: string, value: Moment, onPick: (moment: Moment) => void) => (
    <NativeSelect
      size="xs"
      aria-label={label}
      data={options(value)}
      value={value}
      onChange={(event) => onPick(momentOf(event.currentTarget.value) ?? 'draft')}
    />
  );
  return (
    <div className="flow-bar">
      <nav aria-label={t('flow.path')}>
        <Link href="/flows">{t('flow.flows')}</Link>
        <span aria-hidden="true">{t('flow.slash')}</span>
        <Link href={`/flows/${record.id}`}>{record.name}</Link>
        <span aria-hidden="true">{t('flow.slash')}</span>
        <b>{t('flow.versions')}</b>
      </nav>
      <i className="flow-line" />
      <span className="faint">{t('versions.from')}</span>
      {pick(t('versions.before'), from, (moment) => onCompare(moment, to))}
      <Tooltip label={t('versions.swap')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('versions.swap')} onClick={() => onCompare(to, from)}>
          <IconArrowsExchange size={17} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      {pick(t('versions.after'), to, (moment) => onCompare(from, moment))}
      <span className="flow-space" />
      <ul className="diff-legend" aria-label={t('versions.legend')}>
        {(['added', 'removed', 'changed', 'moved'] as const).map((state) => (
          <li key={state}>
            <DiffSign state={state} size={12} /> {t(`versions.state.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
