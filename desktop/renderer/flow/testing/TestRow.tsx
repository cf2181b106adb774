import { ActionIcon } from '@mantine/core';
import type { PinnedTest } from '@rondo/shared/runs/pinnedTests.ts';
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconLoader2,
  IconPencil,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useT } from '../../messages/useT.ts';
import { MissTable } from './MissTable.tsx';
import type { TestResult } from './testResults.ts';

const signs = {
  idle: IconCircleDashed,
  running: IconLoader2,
  passed: IconCircleCheck,
  failed: IconAlertCircle,
  error: IconAlertCircle,
} as const;

interface Props {
  test: PinnedTest;
  result: TestResult | undefined;
  /** absent where it can only be looked at */
  onRun?: () => void;
  onEdit?: () => void;
  onRemove?: () => void;
  onShow?: (runId: string) => void;
}

/** A pinned test: how it stands, what it found, and what can be done with it. */
export function TestRow({ test, result, onRun, onEdit, onRemove, onShow }: Props) {
  const t = useT();
  const state = result?.verdict.state ?? 'idle';
  const Sign = signs[state];
  const runId = result?.runId;
  return (
    <li className="test-row" data-state={state}>
      <div className="test-row-head">
        <Sign size={18} stroke={1.75} aria-hidden="true" className={state === 'running' ? 'turning' : undefined} />
        <b>{test.name}</b>
        <span className="test-row-state">{t(`testing.tests.state.${state}`)}</span>
        {runId && onShow && (
          <button type="button" className="linkish" onClick={() => onShow(runId)}>
            {t('testing.tests.showRun')}
          </button>
        )}
        {runId && (
          <Link href={`/runs/${runId}`} className="linkish">
            {t('testing.tests.openRun')}
          </Link>
        )}
        <span className="grow" />
        {onRun && (
          <Act label={t('testing.tests.run', { name: test.name })} onClick={onRun}>
            <IconPlayerPlay size={16} />
          </Act>
        )}
        {onEdit && (
          <Act label={t('testing.tests.edit', { name: test.name })} onClick={onEdit}>
            <IconPencil size={16} />
          </Act>
        )}
        {onRemove && (
          <Act label={t('testing.tests.remove', { name: test.name })} onClick={onRemove}>
            <IconTrash size={16} />
          </Act>
        )}
      </div>
      {result?.verdict.state === 'failed' && <MissTable misses={result.verdict.misses} />}
      {result?.verdict.state === 'error' && <p className="step-error">{result.verdict.message}</p>}
    </li>
  );
}

function Act({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
