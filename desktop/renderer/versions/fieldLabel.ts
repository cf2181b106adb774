import type { DocumentDiff } from '@rondo/shared/oas/compare/diff.ts';
import { pointerTokens } from '@rondo/shared/oas/pointer.ts';
import type { Words } from '../messages/useT.ts';

const rondo = '/metadata/__metadata_info__/rondo';
/** Holders that say nothing to people: what stands in them is named alone. */
const quiet = new Set(['configuration', 'metadata', '__metadata_info__', 'rondo']);

/** What a place of a component is called: `/inputs/amount/type` → Input “amount”, Type. */
export function fieldLabel(pointer: string, names: DocumentDiff['names'], t: Words): string {
  if (pointer === '') return t('versions.field.all');
  const [first = '', second, ...rest] = pointerTokens(
    pointer.startsWith(`${rondo}/`) ? pointer.slice(rondo.length) : pointer,
  );
  if (second === undefined) return word(first, t);
  const deeper = (label: string, tokens: string[]): string =>
    tokens.length === 0
      ? label
      : t('versions.field.of', { field: label, rest: tokens.map((token) => word(token, t)).join(', ') });
  if (first === 'inputs') return deeper(t('versions.field.input', { name: second }), rest);
  if (first === 'outputs') return deeper(t('versions.field.output', { name: second }), rest);
  if (first === 'mapping') return deeper(t('versions.field.branch', { name: second }), rest);
  if (first === 'tools' || first === 'toolboxes')
    return deeper(t('versions.field.tool', { name: names[second] || second }), rest);
  return quiet.has(first) ? deeper(word(second, t), rest) : deeper(word(first, t), [second, ...rest]);
}

function word(token: string, t: Words): string {
  const key = token === 'tool' ? 'versions.field.tool_' : `versions.field.${token}`;
  if (t.has(key) && !t.source(key)?.includes('{')) return t(key);
  const plain = token
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
