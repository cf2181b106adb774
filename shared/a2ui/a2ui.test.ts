import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../oas/json.ts';
import { property } from '../oas/properties.ts';
import { answerOutputs, answerSchema } from './answer.ts';
import { formHash, valuesHash } from './formHash.ts';
import { questionForm } from './questionForm.ts';
import { defaultSurface, reviewForm } from './reviewForm.ts';
import { a2uiVersion, basicCatalog, readSurface } from './surface.ts';

const tool: JsonObject = {
  component_type: 'ClientTool',
  inputs: [
    { title: 'claimant', type: 'string' },
    { title: 'amount', type: 'number' },
  ],
  outputs: [
    { title: 'decision', type: 'string' },
    { title: 'amount', type: 'number' },
    { title: 'urgent', type: 'boolean' },
    { title: 'way', type: 'string', enum: ['cash', 'card'] },
    { title: 'comment', type: 'string', default: '' },
  ],
};

function surface(components: JsonObject[]): Json[] {
  return [
    { version: a2uiVersion, createSurface: { surfaceId: 's', catalogId: basicCatalog } },
    { version: a2uiVersion, updateComponents: { surfaceId: 's', components } },
  ];
}
const codes = (messages: unknown) => readSurface(messages).problems.map((problem) => problem.code);

describe('surfaces', () => {
  it('reads what it writes', () => {
    for (const messages of [defaultSurface(tool), questionForm('Why?'), questionForm(null)]) {
      expect(readSurface(messages)).toMatchObject({ ok: true, problems: [] });
    }
    const read = readSurface(defaultSurface(tool));
    expect(read.ok && read.surface.actions).toEqual(['reject', 'approve']);
    expect(read.ok && read.surface.actionLabels.get('approve')).toBe('Approve');
  });

  it('names what is wrong', () => {
    expect(codes('x')).toEqual(['A2UI-LIST']);
    expect(codes([])).toEqual(['A2UI-NO-SURFACE', 'A2UI-NO-ROOT']);
    expect(codes(surface([{ id: 'a', component: 'Text', text: 'x' }]))).toEqual(['A2UI-NO-ROOT']);
    expect(codes(surface([{ id: 'root', component: 'Column', children: ['gone'] }]))).toEqual(['A2UI-DANGLING']);
    expect(
      codes(
        surface([
          { id: 'root', component: 'Card', child: 'a' },
          { id: 'a', component: 'Column', children: ['root'] },
        ]),
      ),
    ).toEqual(['A2UI-CIRCLE']);
    const text = { id: 'root', component: 'Text', text: 'x' };
    expect(codes(surface([text, text]))).toEqual(['A2UI-DUPLICATE']);
    expect(codes(surface([{ id: 'root', component: 'Table' }]))).toEqual(['A2UI-UNKNOWN']);
    expect(codes(surface([text, { id: 'b', component: 'Text', text: 'x' }]))).toEqual([
      'A2UI-ORPHAN',
      'A2UI-NO-ACTION',
    ]);
    expect(codes([{ ...(surface([text])[0] as JsonObject), version: 'v1.0' }, ...surface([text]).slice(1)])).toContain(
      'A2UI-VERSION',
    );
    expect(codes([...surface([text]), ...surface([text])])).toContain('A2UI-SECOND');
    expect(codes(surface([text]).slice(1))).toContain('A2UI-ORDER');
  });

  it('shows the arguments in the data model, beside what the surface brings itself', () => {
    const shown = reviewForm(defaultSurface(tool), { claimant: 'Ada', amount: 40, way: 'card' });
    const read = readSurface(shown);
    expect(read.ok && read.surface.dataModel).toEqual({
      claimant: 'Ada',
      amount: 40,
      urgent: false,
      way: ['card'],
      comment: '',
    });
  });
});

describe('answers', () => {
  const outputs = tool.outputs as JsonObject[];

  it('are typed: the button decides, its context wins, the form gives the rest', () => {
    const model = { amount: '41.5', urgent: true, way: ['cash'], comment: 'fine' };
    expect(answerOutputs(outputs, 'approve', { comment: 'from the button' }, model)).toEqual({
      ok: true,
      outputs: { decision: 'approve', amount: 41.5, urgent: true, way: 'cash', comment: 'from the button' },
    });
  });

  it('say what is missing or of the wrong type', () => {
    expect(answerOutputs(outputs, 'approve', {}, { amount: 'much', way: 'gold', urgent: '' })).toMatchObject({
      ok: false,
      problems: [
        { title: 'amount', message: '“Amount”: “much” is not a number.' },
        { title: 'way', message: '“Way”: “gold” is none of “cash”, “card”.' },
      ],
    });
  });

  it('take a list of one choice as the choice, and leave alone what no output names', () => {
    const asked = [
      property('policy', 'string'),
      property('tags', 'array', { items: { type: 'string' } }),
      property('urgent', 'boolean'),
    ];
    expect(answerOutputs(asked, 'approve', {}, { policy: ['once'], tags: ['a'], amount: '12' })).toEqual({
      ok: true,
      outputs: { policy: 'once', tags: ['a'], urgent: false },
    });
    expect(answerOutputs(asked, 'approve', {}, { policy: [], tags: [], urgent: true })).toEqual({
      ok: true,
      outputs: { policy: '', tags: [], urgent: true },
    });
    expect(answerOutputs([], 'approve', {}, { other: ['x'] })).toEqual({ ok: true, outputs: {} });
  });

  it('take a box that was not ticked as no, and a text that was not filled in as empty', () => {
    const left = [property('done', 'boolean'), property('note', 'string'), property('count', 'integer')];
    expect(answerOutputs(left, 'approve', {}, { count: '3' })).toEqual({
      ok: true,
      outputs: { done: false, note: '', count: 3 },
    });
    expect(answerOutputs(left, 'approve', {}, {})).toMatchObject({ ok: false, problems: [{ title: 'count' }] });
  });

  it('have a schema', () => {
    expect(answerSchema(outputs, ['approve', 'reject'])).toMatchObject({
      properties: { decision: { enum: ['approve', 'reject'] } },
      required: ['decision', 'amount', 'urgent', 'way'],
    });
  });
});

describe('G9 hashes of the form and the values', () => {
  it('are the same whatever the order of keys, and differ with any value', async () => {
    expect(await formHash([{ a: 1, b: 2 }])).toBe(await formHash([{ b: 2, a: 1 }]));
    expect(await formHash([{ a: 1 }])).not.toBe(await formHash([{ a: 2 }]));
    expect(await valuesHash({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
  });
});
