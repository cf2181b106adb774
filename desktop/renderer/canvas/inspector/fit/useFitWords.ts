import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { useCallback } from 'react';
import type { Words } from '../../../messages/useT.ts';
import { useT } from '../../../messages/useT.ts';
import { shortText } from '../../shortText.ts';
import { typeInLine, typeName } from '../types.ts';
import { schemaOfValue } from '../values/schemaOfValue.ts';
import { howItFits } from './castExamples.ts';

export interface FitWords {
  level: 'note' | 'bad';
  words: string;
}

/** What a type says about values of another, in plain words; undefined where they go in as they are. */
export function useFitWords(): (
  source: JsonObject,
  target: JsonObject,
  last: Json | undefined,
) => FitWords | undefined {
  const t = useT();
  return useCallback((source, target, last) => fitWords(source, target, last, t), [t]);
}

export function fitWords(
  source: JsonObject,
  target: JsonObject,
  last: Json | undefined,
  t: Words,
): FitWords | undefined {
  const fit = howItFits(source, target, last);
  if (fit.level === 'same') return undefined;
  const wanted = typeName(target, t);
  const becomes = fit.examples.map(({ from, to }) =>
    to === undefined
      ? t('canvas.fit.fails', { value: spoken(from, t) })
      : t('canvas.fit.becomes', { value: spoken(from, t), result: spoken(to, t) }),
  );
  const examples = becomes.join('; ');
  if (fit.level === 'cast') return { level: 'note', words: t('canvas.fit.cast', { examples }) };
  const given = typeName(source, t);
  const key = fit.level === 'bad' ? 'canvas.fit.bad' : 'canvas.fit.maybe';
  return { level: 'bad', words: t(key, { given, wanted, examples }) };
}

/** A value with the word for its type: the text “12”, the number 12, yes. */
function spoken(value: Json, t: Words): string {
  if (typeof value === 'boolean') return t(value ? 'canvas.yes' : 'canvas.no').toLowerCase();
  if (value === null) return t('canvas.fit.nothing');
  const text = shortText(value, 30);
  if (typeof value === 'string') return t('canvas.fit.text', { text });
  if (typeof value === 'number') return t('canvas.fit.number', { text });
  return `${typeInLine(schemaOfValue(value), t)} ${text}`;
}
