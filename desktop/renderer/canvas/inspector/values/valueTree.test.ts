import { blankDocument } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { describe, expect, it } from 'vitest';
import { everyItem, lastName, pathFormula, valueAt } from './valuePath.ts';
import type { TreeRow } from './valueTree.ts';
import { canBeChosen, treeRows, typeOf } from './valueTree.ts';

const order: JsonObject = {
  title: 'order',
  type: 'object',
  properties: {
    total: { type: 'number' },
    lines: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
  },
};
const document = blankDocument('Orders');
const step = { ...openFlow(document).nodes[0], name: 'Start', outputs: [order, { title: 'answer' }] };
if (!step.id) throw new Error('no step');
const steps = [step as ReturnType<typeof openFlow>['nodes'][number]];
const noLast = () => undefined;
const key = (...parts: string[]) => [step.id, ...parts].join('\u0000');
const label = (row: TreeRow) =>
  row.value ? [row.value.output, ...row.value.path.map((part) => (part === everyItem ? '*' : part))].join('/') : '#';

describe('the tree of values', () => {
  it('opens what the schema says is inside', () => {
    expect(treeRows(steps, noLast, new Set(), '').map(label)).toEqual(['#', 'order', 'answer']);
    const rows = treeRows(steps, noLast, new Set([key('order'), key('order', 'lines')]), '');
    expect(rows.map(label)).toEqual([
      '#',
      'order',
      'order/total',
      'order/lines',
      'order/lines/*',
      'order/lines/0',
      'answer',
    ]);
    expect(rows.map((row) => row.level)).toEqual([1, 2, 3, 3, 4, 4, 2]);
    expect(rows[1]).toMatchObject({ place: 1, siblings: 2, expanded: true });
    expect(rows[2]?.expanded).toBeUndefined();
    expect(canBeChosen(rows[0] as TreeRow)).toBe(false);
    expect(canBeChosen(rows[4] as TreeRow)).toBe(false);
    expect(canBeChosen(rows[5] as TreeRow)).toBe(true);
  });

  it('opens what the last real value had inside where no schema tells it, with its types', () => {
    const last = (_: string, output: string): Json | undefined =>
      output === 'answer' ? { name: 'Anna', tags: ['a', 'b'] } : undefined;
    const rows = treeRows(steps, last, new Set([key('answer'), key('answer', 'tags')]), '');
    expect(rows.map(label).slice(2)).toEqual([
      'answer',
      'answer/name',
      'answer/tags',
      'answer/tags/0',
      'answer/tags/1',
    ]);
    expect(rows[3]?.value).toMatchObject({ last: 'Anna', schema: { type: 'string' } });
    expect(rows[4]?.value?.schema).toEqual({ type: 'array', items: { type: 'string' } });
  });

  it('finds what is deep inside, and unfolds the way to it', () => {
    const rows = treeRows(steps, noLast, new Set(), 'start price');
    expect(rows.map(label)).toEqual([
      '#',
      'order',
      'order/lines',
      'order/lines/*',
      'order/lines/*/price',
      'order/lines/0',
      'order/lines/0/price',
    ]);
    expect(typeOf(rows[4]?.value as NonNullable<TreeRow['value']>)).toEqual({
      type: 'array',
      items: { type: 'number' },
    });
    expect(typeOf(rows[6]?.value as NonNullable<TreeRow['value']>)).toEqual({ type: 'number' });
    expect(treeRows(steps, noLast, new Set(), 'nothing like it')).toEqual([]);
  });
});

describe('a way into a value', () => {
  it('is written as a formula', () => {
    expect(pathFormula('order', ['lines', everyItem, 'price'])).toBe('order.lines[].price');
    expect(pathFormula('order', ['lines', 0, 'unit price'])).toBe('order.lines[0].`unit price`');
    expect(pathFormula('in', ['and'])).toBe('`in`.`and`');
    expect(pathFormula('a', ['b`c'])).toBeUndefined();
  });
  it('leads to the value, and gives the last name', () => {
    const value: Json = { lines: [{ price: 1 }, {}, { price: 3 }] };
    expect(valueAt(value, ['lines', 0, 'price'])).toBe(1);
    expect(valueAt(value, ['lines', everyItem, 'price'])).toEqual([1, 3]);
    expect(valueAt(value, ['toString'])).toBeUndefined();
    expect(lastName('order', ['lines', 0])).toBe('lines');
    expect(lastName('order', [1])).toBe('order');
  });
});
