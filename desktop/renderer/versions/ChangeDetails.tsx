import type { FieldChange } from '@rondo/shared/oas/compare/fields.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { useMemo } from 'react';
import { useT } from '../messages/useT.ts';
import type { ChangeRow } from './changeRows.ts';
import type { Changes } from './changes.ts';
import { readable } from './changeWords.ts';
import { fieldLabel } from './fieldLabel.ts';
import { textPieces } from './textDiff.ts';
import { valueWords } from './valueWords.ts';

/** What a chosen change was before and is after, field by field; texts with the words that came and went. */
export function ChangeDetails({ row, changes }: { row: ChangeRow; changes: Changes }) {
  const t = useT();
  const entries = row.entry ? [row.entry] : (row.group?.entries ?? []);
  const fields = entries.flatMap((entry) =>
    entry.type === 'field' ? [{ part: entry.part, field: readable(entry, t) }] : [],
  );
  return (
    <section className="change-details" aria-label={t('versions.details')}>
      <h3>{row.words}</h3>
      {fields.map(({ field, part }) => (
        <div key={`${part?.name ?? ''} ${field.pointer}`} className="change-field">
          {!row.entry && <h4>{fieldLabel(field.pointer, changes.names, t)}</h4>}
          <BeforeAfter field={field} names={changes.names} />
        </div>
      ))}
      {row.group?.role === 'part' && row.group.usedBy.length > 0 && (
        <p className="faint">{row.group.usedBy.map((id) => changes.names[id] || id).join(', ')}</p>
      )}
    </section>
  );
}

function BeforeAfter({ field, names }: { field: FieldChange; names: Changes['names'] }) {
  const t = useT();
  const { before, after } = field;
  if (typeof before === 'string' && typeof after === 'string') return <TextChange before={before} after={after} />;
  const one = (value: Json | undefined) =>
    field.pointer.endsWith('/rondo/surface') ? t('versions.value.form') : valueWords(value, names, t);
  return (
    <dl className="before-after">
      {before !== undefined && (
        <>
          <dt>{t('versions.before')}</dt>
          <dd className="was">{one(before)}</dd>
        </>
      )}
      {after !== undefined && (
        <>
          <dt>{t('versions.after')}</dt>
          <dd className="is">{one(after)}</dd>
        </>
      )}
    </dl>
  );
}

/** A text with the words that went struck through and the words that came marked. */
export function TextChange({ before, after }: { before: string; after: string }) {
  const t = useT();
  const pieces = useMemo(() => textPieces(before, after), [before, after]);
  return (
    <p className="text-change">
      {pieces.map((piece, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are made anew as a whole
        if (piece.kind === 'same') return <span key={index}>{piece.text}</span>;
        const removed = piece.kind === 'removed';
        const Tag = removed ? 'del' : 'ins';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are made anew as a whole
          <Tag key={index}>
            <span className="visually-hidden">{t(removed ? 'versions.removedText' : 'versions.addedText')} </span>
            {piece.text}
          </Tag>
        );
      })}
    </p>
  );
}
