import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { describe, expect, it } from 'vitest';
import { english } from '../../../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../../../messages/useT.ts';
import { howItFits } from './castExamples.ts';
import { suggestionsFor } from './suggestions.ts';
import { fitWords } from './useFitWords.ts';

const t = makeWords('en', english);
const words = (from: JsonObject, to: JsonObject, last?: Json) => fitWords(from, to, last, t);
const text = { type: 'string' };
const number = { type: 'number' };
const integer = { type: 'integer' };
const boolean = { type: 'boolean' };

describe('what becomes of a value on its way', () => {
  it('is nothing to tell where it goes in as it is', () => {
    expect(words(text, text)).toBeUndefined();
    expect(words(number, {})).toBeUndefined();
    expect(words(integer, number)).toBeUndefined();
  });
  it('is told where the cast turns it', () => {
    expect(words(number, text)).toEqual({
      level: 'note',
      words: 'Fits: the number 12.7 becomes the text “12.7”; the number 0 becomes the text “0”.',
    });
    expect(words(number, integer)?.words).toContain('the number 12.7 becomes the number 12');
    expect(words(boolean, number)?.words).toContain('yes becomes the number 1');
  });
  it('is a warning where some values fail', () => {
    expect(words(text, number)).toEqual({
      level: 'bad',
      words: 'Not every Text fits Number: the text “12” becomes the number 12; the text “true” fails.',
    });
    expect(words(text, number, 'abc')?.words).toContain('the text “abc” fails');
  });
  it('is a warning where none fits', () => {
    expect(words({ type: 'object' }, number)).toEqual({
      level: 'bad',
      words: 'Record does not fit Number: record {"name":"Anna"} fails.',
    });
    expect(howItFits({ type: 'array', items: text }, boolean, undefined).level).toBe('bad');
  });
  it('goes by the last real value where a step may give anything', () => {
    expect(words({}, number, 'abc')?.level).toBe('bad');
    expect(words({}, number, 3)).toBeUndefined();
  });
});

function flowWith(inputs: JsonObject[], outputs: JsonObject[]) {
  const ref = (id: string) => ({ $component_ref: id });
  const view = openFlow({
    component_type: 'Flow',
    id: 'flow',
    name: 'flow',
    start_node: ref('start'),
    nodes: [ref('start'), ref('end')],
    control_flow_connections: [
      { component_type: 'ControlFlowEdge', id: 'e', name: 'e', from_node: ref('start'), to_node: ref('end') },
    ],
    data_flow_connections: [],
    $referenced_components: {
      start: { component_type: 'StartNode', id: 'start', name: 'Start', inputs },
      end: { component_type: 'EndNode', id: 'end', name: 'End', outputs },
    },
  });
  const end = view.nodeById.get('end');
  if (!end) throw new Error('no end');
  return suggestionsFor(view, end).map(({ input, source, by }) => `${input} <- ${source.output} by ${by}`);
}

describe('values that fit', () => {
  it('go by name, however it is written, where the type fits', () => {
    expect(
      flowWith(
        [
          { title: 'order_total', ...number },
          { title: 'note', ...text },
        ],
        [{ title: 'orderTotal', ...number }],
      ),
    ).toEqual(['orderTotal <- order_total by name']);
    expect(flowWith([{ title: 'total', ...text }], [{ title: 'total', ...boolean }])).toEqual([]);
  });
  it('go by type where only one has it', () => {
    expect(
      flowWith(
        [
          { title: 'a', ...text },
          { title: 'b', ...boolean },
        ],
        [{ title: 'ok', ...boolean }],
      ),
    ).toEqual(['ok <- b by type']);
    expect(
      flowWith(
        [
          { title: 'a', ...boolean },
          { title: 'b', ...boolean },
        ],
        [{ title: 'ok', ...boolean }],
      ),
    ).toEqual([]);
  });
  it('do not push aside a default by type alone', () => {
    expect(flowWith([{ title: 'a', ...text }], [{ title: 'note', ...text, default: '' }])).toEqual([]);
  });
});
