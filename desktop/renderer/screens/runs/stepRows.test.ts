import type { StepView } from '@rondo/shared/runs/fold.ts';
import { expect, test } from 'vitest';
import { type Row, stepRows } from './stepRows.ts';

function step(path: string, state: StepView['state'] = 'done', type = 'ToolNode'): StepView {
  return {
    path,
    nodeId: path,
    type,
    name: path,
    state,
    startedAt: '2026-11-23T09:00:00.000Z',
    finishedAt: state === 'done' ? '2026-11-23T09:00:01.000Z' : null,
    attempt: 1,
    cutOffs: 0,
    inputs: {},
    outputs: null,
    branch: null,
    error: state === 'failed' ? { code: 'X', message: 'No.', step: path } : null,
    retryAt: null,
    usage: null,
    given: false,
  };
}

const lines = (rows: Row[]) =>
  rows.map(
    (row) =>
      `${' '.repeat(row.depth)}${row.kind === 'step' ? row.step.path : `${row.path} ${row.state} ${row.open ? 'open' : 'folded'}`}`,
  );

test('steps of flows inside stand below the step that runs them, items under a heading', () => {
  const steps = [
    step('a'),
    step('call'),
    step('call/x'),
    step('map', 'running', 'MapNode'),
    step('map[1]/x'),
    step('map[0]/x'),
    step('map[1]/y', 'waiting'),
    step('b'),
  ];
  expect(lines(stepRows(steps, new Map()))).toEqual([
    'a',
    'call',
    ' call/x',
    'map',
    ' map[0] done open',
    '  map[0]/x',
    ' map[1] waiting open',
    '  map[1]/x',
    '  map[1]/y',
    'b',
  ]);
});

test('many items are folded until somebody opens one; one that failed says so', () => {
  const steps = [
    step('map#2', 'running', 'MapNode'),
    ...Array.from({ length: 5000 }, (_, i) => step(`map#2[${i}]/x`, i === 7 ? 'failed' : 'done')),
  ];
  const folded = stepRows(steps, new Map());
  expect(folded).toHaveLength(5001);
  expect(folded[8]).toMatchObject({ path: 'map#2[7]', state: 'failed', open: false });
  expect(stepRows(steps, new Map([['map#2[7]', true]]))[9]).toMatchObject({
    kind: 'step',
    step: { path: 'map#2[7]/x' },
  });
  expect(stepRows(steps, new Map(), 'map#2[40]/x')[41]).toMatchObject({ path: 'map#2[40]', open: true });
  expect(stepRows(steps, new Map([['map#2[40]', false]]), 'map#2[40]/x')).toHaveLength(5001);
});

test('items inside of items', () => {
  const steps = [step('m', 'running', 'MapNode'), step('m[0]/n', 'running', 'MapNode'), step('m[0]/n[0]/x')];
  expect(lines(stepRows(steps, new Map()))).toEqual([
    'm',
    ' m[0] running open',
    '  m[0]/n',
    '   m[0]/n[0] done open',
    '    m[0]/n[0]/x',
  ]);
});
