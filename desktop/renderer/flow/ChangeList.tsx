import { IconArrowRight, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { branchLabel } from '../canvas/summary.ts';
import type { Words } from '../messages/useT.ts';
import { useT } from '../messages/useT.ts';
import type { FieldChange, FlowChange } from './changes.ts';

const shownFields = 3;

/** What changed, one line for each change, in words. */
export function ChangeList({ changes }: { changes: FlowChange[] }) {
  const t = useT();
  if (changes.length === 0) return <p className="faint">{t('flow.change.none')}</p>;
  return (
    <ul className="change-list">
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
        <li key={index} data-kind={change.kind}>
          <span className="change-mark" aria-hidden="true">
            {glyph(change)}
          </span>
          <span>{changeWords(change, t)}</span>
        </li>
      ))}
    </ul>
  );
}

function glyph(change: FlowChange): ReactNode {
  if (change.kind === 'added') return <IconPlus size={14} stroke={2} />;
  if (change.kind === 'removed') return <IconMinus size={14} stroke={2} />;
  if (change.kind === 'connected' || change.kind === 'disconnected') return <IconArrowRight size={14} stroke={2} />;
  return <IconPencil size={14} stroke={1.75} />;
}

/** A change as a sentence. */
export function changeWords(change: FlowChange, t: Words): string {
  switch (change.kind) {
    case 'added':
      return t('flow.change.added', { name: change.name });
    case 'removed':
      return t('flow.change.removed', { name: change.name });
    case 'renamed':
      return t('flow.change.renamed', { from: change.from, name: change.name });
    case 'connected':
    case 'disconnected':
      return t(`flow.change.${change.kind}`, {
        name: change.name,
        branch: change.branch === 'next' ? 'next' : branchLabel(change.branch, t),
        to: change.to,
      });
    case 'data':
      return change.from === null
        ? t('flow.change.noData', { name: change.name, input: change.input })
        : t('flow.change.data', { name: change.name, input: change.input, from: change.from });
    case 'changed': {
      const fields = change.fields.slice(0, shownFields).map((field) => fieldWords(field, t));
      const more = change.fields.length - fields.length;
      if (more > 0) fields.push(t('flow.change.more', { count: more }));
      return t('flow.change.changed', { name: change.name, fields: fields.join('; ') });
    }
  }
}

function fieldWords(change: FieldChange, t: Words): string {
  const field = change.field.replaceAll('_', ' ');
  if (change.before && change.after)
    return t('flow.change.field', { field, before: change.before, after: change.after });
  if (change.after) return t('flow.change.fieldSet', { field, after: change.after });
  return t('flow.change.fieldOnly', { field });
}
