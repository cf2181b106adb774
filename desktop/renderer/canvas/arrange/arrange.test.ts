import { expect, test } from 'vitest';
import { aligned, distributed } from './align.ts';
import { snap } from './snap.ts';

const boxes = new Map([
  ['a', { x: 0, y: 0, width: 240, height: 62 }],
  ['b', { x: 300, y: 90, width: 240, height: 130 }],
  ['c', { x: 700, y: 40, width: 240, height: 62 }],
]);

test('steps are put in line by their edges and by their middles', () => {
  expect([...aligned(boxes, 'left').values()]).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 90 },
    { x: 0, y: 40 },
  ]);
  expect([...aligned(boxes, 'right').values()].map((at) => at.x)).toEqual([700, 700, 700]);
  expect([...aligned(boxes, 'middle').values()].map((at) => at.y)).toEqual([79, 45, 79]);
  expect([...aligned(boxes, 'bottom').values()].map((at) => at.y)).toEqual([158, 90, 158]);
  expect(aligned(new Map(), 'top').size).toBe(0);
});

test('distributed steps have the same gaps; the outermost stay', () => {
  expect([...distributed(boxes, 'across')].map(([id, at]) => [id, at.x])).toEqual([
    ['a', 0],
    ['b', 350],
    ['c', 700],
  ]);
  const down = new Map([...distributed(boxes, 'down')]);
  expect(down.get('a')).toEqual({ x: 0, y: 0 });
  expect(down.get('b')).toEqual({ x: 300, y: 90 });
});

test('a step that is moved is pulled into line with one nearby, and a line shows it', () => {
  const others = [
    { x: 0, y: 0, width: 240, height: 62 },
    { x: 900, y: 500, width: 240, height: 62 },
  ];
  const pulled = snap({ x: 320, y: 4, width: 240, height: 62 }, others, 6);
  expect(pulled).toMatchObject({ dx: 0, dy: -4, x: false, y: true });
  expect(pulled.guides).toContainEqual({ axis: 'y', at: 0, from: 0, to: 560 });
  expect(snap({ x: 320, y: 20, width: 240, height: 62 }, others, 6)).toMatchObject({ dx: 0, dy: 0, guides: [] });
});
