import { Anchor, Button } from '@mantine/core';
import type { LargeValue } from '@rondo/shared/runs/largeValue.ts';
import { useState } from 'react';
import { useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { byteWords } from './byteWords.ts';
import { JsonView } from './JsonView.tsx';

/** More than this is better looked at in a program of one's own. */
const mostShown = 2 * 1024 * 1024;

/** A value that is too large to stand in a journal: its size, and the value when it is asked for. */
export function LargeValueView({ runId, value }: { runId: string; value: LargeValue }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const read = useRead('run', 'value', { runId, hash: value.hash }, { enabled: open });
  return (
    <div className="large-value">
      <span className="dim">{t('parts.large.size', { size: byteWords(value.size) })}</span>{' '}
      {value.size <= mostShown && !open && (
        <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
          {t('parts.large.show')}
        </Button>
      )}{' '}
      <Anchor
        size="sm"
        href={`/api/run/value?runId=${runId}&hash=${value.hash}`}
        download={`${value.hash.slice(0, 12)}.json`}
      >
        {t('parts.file.download')}
      </Anchor>
      {open && read.isPending && <p className="dim">{t('parts.loading')}</p>}
      {open && read.error && <p role="alert">{read.error.message}</p>}
      {open && read.data && <JsonView value={read.data.value} />}
    </div>
  );
}
