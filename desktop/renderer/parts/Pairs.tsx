import type { Json } from '@rondo/shared/oas/json.ts';
import { fileIdOf, largeValueOf } from '@rondo/shared/runs/largeValue.ts';
import { numberFormat } from '../messages/formats.ts';
import { useT } from '../messages/useT.ts';
import { FileValue } from './FileValue.tsx';
import { JsonView } from './JsonView.tsx';
import { LargeValueView } from './LargeValueView.tsx';

/** Values by name, short ones in words, long ones as JSON; large ones of a run, and files, when they are asked for. */
export function Pairs({ values, runId }: { values: { [name: string]: Json }; runId?: string | undefined }) {
  const t = useT();
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className="dim small">{t('parts.noValues')}</p>;
  return (
    <dl className="pairs">
      {entries.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name.replaceAll('_', ' ')}</dt>
          <dd>
            <OneValue value={value} runId={runId} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function OneValue({ value, runId }: { value: Json; runId: string | undefined }) {
  const t = useT();
  const large = runId === undefined ? undefined : largeValueOf(value);
  if (runId !== undefined && large) return <LargeValueView runId={runId} value={large} />;
  if (typeof value === 'string' && fileIdOf(value)) return <FileValue reference={value} />;
  return typeof value === 'object' && value !== null ? <JsonView value={value} /> : shortValue(value, t);
}

function shortValue(value: string | number | boolean | null, t: ReturnType<typeof useT>): string {
  if (value === null || value === '') return t('parts.emptyValue');
  if (typeof value === 'boolean') return value ? t('parts.yes') : t('parts.no');
  if (typeof value === 'number') return numberFormat({ maximumFractionDigits: 12 }).format(value);
  return value;
}
