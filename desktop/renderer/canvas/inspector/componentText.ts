import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { brokenJson } from '@rondo/shared/oas/jsonPlaces.ts';
import { parseAs } from '@rondo/shared/oas/parse.ts';
import { problemsWords } from '../../messages/saidWords.ts';
import type { Words } from '../../messages/useT.ts';
import { escapeSegment, placeOf } from '../gesture.ts';

export type ComponentText = { ok: true; value: JsonObject } | { ok: false; message: string; from: number; to: number };

/** Reads the text of a step's component: JSON that keeps its id and names a type. */
export function readComponentText(text: string, node: NodeView, t: Words): ComponentText {
  const broken = brokenJson(text);
  const fail = (message: string): ComponentText => ({
    ok: false,
    message,
    from: broken?.from ?? 0,
    to: broken?.to ?? 1,
  });
  const parsed = parseAs(text, 'json');
  if (!parsed.ok) return fail(problemsWords(parsed.problems.slice(0, 1), t));
  const value = parsed.value;
  if (!isObject(value)) return fail(t('canvas.json.notObject'));
  if (value.id !== node.component.id) return fail(t('canvas.json.keepId'));
  if (typeof value.component_type !== 'string' || value.component_type === '') return fail(t('canvas.json.noType'));
  return { ok: true, value };
}

/** One `set` for each field that differs, so that what did not change stays as it is written. */
export function replacing(before: JsonObject, after: JsonObject): EditCommand[] {
  const { component } = placeOf(before);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): EditCommand[] => {
    const kept = Object.hasOwn(before, name) === Object.hasOwn(after, name);
    if (kept && JSON.stringify(before[name]) === JSON.stringify(after[name])) return [];
    const value = Object.hasOwn(after, name) ? { value: after[name] } : {};
    return [{ type: 'set', component, pointer: `/${escapeSegment(name)}`, ...value }];
  });
}
