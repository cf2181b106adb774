import type { Json } from '@rondo/shared/oas/json.ts';
import { useT } from '../messages/useT.ts';

/** Values by name, short ones in words, long ones as JSON. */
export function Pairs({ values }: { values: { [name: string]: Json } }) {
  const t = useT();
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className="dim small">{t('parts.noValues')}</p>;
  return (
    <dl className="pairs">
      {entries.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name.replaceAll('_', ' ')}</dt>
          <dd>{typeof value === 'object' && value !== null ? <JsonView value={value} /> : shortValue(value, t)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value as indented JSON. */
export function JsonView({ value }: { value: Json }) {
  return <pre className="json">{JSON.stringify(value, null, 2)}</pre>;
}

function shortValue(value: string | number | boolean | null, t: ReturnType<typeof useT>): string {
  if (value === null || value === '') return t('parts.emptyValue');
  if (typeof value === 'boolean') return value ? t('parts.yes') : t('parts.no');
  if (typeof value === 'number') return new Intl.NumberFormat(undefined, { maximumFractionDigits: 12 }).format(value);
  return value;
}
