import { expect, it } from 'vitest';
import { firstViewport } from './firstView.ts';

const box = { width: 1000, height: 600 };

it('shows a flow that can be read as a whole, whole', () => {
  const few = new Map([
    ['start', { x: 0, y: 0 }],
    ['end', { x: 900, y: 200 }],
  ]);
  expect(firstViewport(few, 'start', box)).toBeUndefined();
  expect(firstViewport(new Map(), 'start', box)).toBeUndefined();
});

it('shows a large flow where it starts', () => {
  const many = new Map([
    ['start', { x: 400, y: 100 }],
    ['end', { x: 90_000, y: 200 }],
  ]);
  const at = firstViewport(many, 'start', box);
  expect(at).toEqual({ zoom: 0.85, x: 48 - 340, y: 200 - 85 });
});
