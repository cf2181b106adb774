import type { DocumentDiff } from '@rondo/shared/oas/compare/diff.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { referenceOf } from '@rondo/shared/oas/references.ts';
import { typeInLine } from '../canvas/inspector/types.ts';
import type { Words } from '../messages/useT.ts';
import { fieldLabel } from './fieldLabel.ts';

const mostLines = 60;

/** A value in plain words, on as many lines as it needs: texts as they are, components by name, records line by line. */
export function valueWords(value: Json | undefined, names: DocumentDiff['names'], t: Words): string {
  const lines = linesOf(value, names, t, 0);
  return lines.length <= mostLines
    ? lines.join('\n')
    : [...lines.slice(0, mostLines), t('versions.value.more')].join('\n');
}

/** The same on one line; undefined for a value that is too long for a sentence. */
export function shortWords(value: Json | undefined, names: DocumentDiff['names'], t: Words): string | undefined {
  const text = valueWords(value, names, t).replaceAll(/\s+/g, ' ');
  return text.length <= 60 ? text : undefined;
}

function linesOf(value: Json | undefined, names: DocumentDiff['names'], t: Words, depth: number): string[] {
  const simple = simpleWords(value, names, t);
  if (simple !== undefined) return simple.split('\n');
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = linesOf(item, names, t, depth + 1);
      return [`${indent}– ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value as JsonObject).flatMap(([key, item]) => {
    const label = fieldLabel(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, names, t);
    const inner = linesOf(item, names, t, depth + 1);
    const isOne = inner.length === 1 && simpleWords(item, names, t) !== undefined;
    if (isOne) return [`${indent}${t('versions.value.line', { key: label, value: inner[0] ?? '' })}`];
    return [`${indent}${t('versions.value.line', { key: label, value: '' }).trimEnd()}`, ...inner];
  });
}

function simpleWords(value: Json | undefined, names: DocumentDiff['names'], t: Words): string | undefined {
  if (value === undefined || value === null || value === '') return t('versions.value.nothing');
  if (typeof value === 'boolean') return t(value ? 'versions.value.yes' : 'versions.value.no');
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return t('versions.value.nothing');
    const words = value.map((item) =>
      isObject(item) || Array.isArray(item) ? itemWords(item, names, t) : String(item),
    );
    return words.every((one) => one !== undefined) ? words.join(', ') : undefined;
  }
  if (Object.keys(value).length === 0) return t('versions.value.nothing');
  return itemWords(value, names, t);
}

function itemWords(item: Json, names: DocumentDiff['names'], t: Words): string | undefined {
  const ref = referenceOf(item);
  if (ref !== undefined) return names[ref] || ref;
  if (!isObject(item)) return undefined;
  // an input or an output is told by its type, and by its name in a list
  if (typeof item.title === 'string' && typeof item.component_type !== 'string')
    return `${item.title}: ${typeInLine(item, t)}`;
  return undefined;
}
