import { blankDocument, newNode } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { expect, test } from 'vitest';
import { controlEdge } from '../drawing.ts';
import { draftGesture } from '../gesture.ts';
import { moveStep } from './moveStep.ts';
import type { OutlineRow } from './order.ts';
import { outlineRows } from './order.ts';

/** A flow of steps and lines, written `Start > One`, `Fork.small > Two`. */
function drawn(steps: Record<string, 'message' | 'decide'>, lines: readonly string[]) {
  const blank = blankDocument('Outline');
  const draft = draftGesture(blank, openFlow(blank).id);
  const flow = draft.view().id;
  draft.run({ type: 'disconnect', flow, edge: draft.view().controlEdges[0]?.id ?? '' });
  for (const [name, kind] of Object.entries(steps)) {
    const node = newNode(kind, { name });
    draft.run({ type: 'add', flow, node: kind === 'decide' ? { ...node, mapping: { s: 'small', l: 'large' } } : node });
  }
  const id = (name: string) => draft.view().nodes.find((node) => node.name === name)?.id ?? name;
  for (const line of lines) {
    const [from = '', to = ''] = line.split(' > ');
    const [name = '', branch = 'next'] = from.split('.');
    draft.run({ type: 'connect', flow, edge: controlEdge(draft.view(), id(name), branch, id(to)) });
  }
  const view = () => draft.view();
  const name = (of: string) => view().nodeById.get(of)?.name ?? '';
  const words = (row: OutlineRow) => {
    const indent = '  '.repeat(row.level - 1);
    if (row.type === 'step') return `${indent}${name(row.id)}${row.loose ? ' (loose)' : ''}`;
    if (row.type === 'branch') return `${indent}[${row.branch}]${row.open ? ' open' : ''}`;
    return `${indent}-> ${name(row.to)}`;
  };
  return { draft, id, rows: () => outlineRows(view()), read: () => outlineRows(view()).map(words) };
}

test('steps in a row stand one below the other, what nothing leads to comes last', () => {
  const { read } = drawn({ Alone: 'message', Two: 'message', One: 'message' }, [
    'Start > One',
    'One > Two',
    'Two > End',
  ]);
  expect(read()).toEqual(['Start', 'One', 'Two', 'End', 'Alone (loose)']);
});

test('branches are indented, and what comes where they meet stands below all of them', () => {
  const { read, rows } = drawn({ Fork: 'decide', A: 'message', B: 'message', After: 'message' }, [
    'Start > Fork',
    'Fork.small > A',
    'Fork.large > B',
    'Fork.default > After',
    'A > After',
    'B > After',
    'After > End',
  ]);
  expect(read()).toEqual([
    'Start',
    'Fork',
    '  [small]',
    '    A',
    '    -> After',
    '  [large]',
    '    B',
    '    -> After',
    '  [default]',
    '    -> After',
    'After',
    'End',
  ]);
  expect(rows().map(({ place, of }) => `${place}/${of}`)).toEqual(
    '1/4 2/4 1/3 1/2 2/2 2/3 1/2 2/2 3/3 1/1 3/4 4/4'.split(' '),
  );
});

test('a branch that leads nowhere is open; what only some ways share is linked', () => {
  const { read } = drawn({ Fork: 'decide', A: 'message' }, [
    'Start > Fork',
    'Fork.small > A',
    'Fork.large > End',
    'A > End',
  ]);
  expect(read()).toEqual([
    'Start',
    'Fork',
    '  [small]',
    '    A',
    '    -> End',
    '  [large]',
    '    -> End',
    '  [default] open',
    'End',
  ]);
});

test('what comes is on the only branch that leads anywhere, until another one does', () => {
  const { read } = drawn({ Fork: 'decide', A: 'message' }, ['Start > Fork', 'Fork.large > A', 'A > End']);
  expect(read()).toEqual(['Start', 'Fork', '  [small] open', '  [large]', '    A', '    End', '  [default] open']);
});

test('a loop is a link back; steps in a circle that nothing leads to are there once', () => {
  const { read } = drawn({ Ask: 'message', Fork: 'decide', X: 'message', Y: 'message' }, [
    'Start > Ask',
    'Ask > Fork',
    'Fork.small > Ask',
    'Fork.large > End',
    'X > Y',
    'Y > X',
  ]);
  expect(read()).toEqual([
    'Start',
    'Ask',
    'Fork',
    '  [small]',
    '    -> Ask',
    '  [large]',
    '    -> End',
    '  [default] open',
    'End',
    'X (loose)',
    'Y',
    '-> X',
  ]);
});

test('each step is there once in any flow, however it is joined', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 40; round += 1) {
    const names = Array.from({ length: 8 }, (_, index) => `S${index}`);
    const steps = Object.fromEntries(names.map((name) => [name, random(2) === 0 ? ('decide' as const) : 'message']));
    const all = [...names, 'End'];
    const lines = names.flatMap((name) =>
      (steps[name] === 'decide' ? ['small', 'large', 'default'] : ['next']).flatMap((branch) =>
        random(5) === 0 ? [] : [`${name}.${branch} > ${all[random(all.length)]}`],
      ),
    );
    const { rows, draft } = drawn(steps as Record<string, 'message' | 'decide'>, ['Start > S0', ...lines]);
    const listed = rows().flatMap((row) => (row.type === 'step' ? [row.id] : []));
    expect(listed.toSorted()).toEqual(
      draft
        .view()
        .nodes.map((node) => node.id)
        .toSorted(),
    );
    expect(new Set(rows().map((row) => row.key)).size).toBe(rows().length);
  }
});

test('a step that is moved leaves no gap, and stands in the other branch', () => {
  const flow = drawn({ Fork: 'decide', A: 'message', B: 'message' }, [
    'Start > Fork',
    'Fork.small > A',
    'A > B',
    'B > End',
    'Fork.large > End',
    'Fork.default > End',
  ]);
  expect(moveStep(flow.draft, flow.id('A'), { node: flow.id('Fork'), branch: 'large' })).toBe(true);
  expect(flow.read()).toEqual([
    'Start',
    'Fork',
    '  [small]',
    '    B',
    '    -> End',
    '  [large]',
    '    A',
    '    -> End',
    '  [default]',
    '    -> End',
    'End',
  ]);
  expect(moveStep(flow.draft, flow.id('A'), { node: flow.id('Fork'), branch: 'large' })).toBe(false);
  expect(moveStep(flow.draft, flow.id('Start'), { node: flow.id('Fork'), branch: 'large' })).toBe(false);
});
