import { describe, expect, it } from 'vitest';
import { hubsOf, withoutFarLines } from './hubLines.ts';
import type { FlowLine } from './steps.ts';

const line = (type: 'control' | 'data', source: string, target: string): FlowLine =>
  ({ id: `${type} ${source} ${target}`, type, source, target }) as FlowLine;
const users = Array.from({ length: 201 }, (_, index) => `user ${index}`);
const ofStart = users.map((user) => line('data', 'start', user));
const ids = (lines: readonly FlowLine[]) => lines.map(({ id }) => id);

describe('data lines of a step that hundreds of steps use', () => {
  it('finds such steps at either end, and no other', () => {
    expect([...hubsOf(ofStart)]).toEqual(['start']);
    expect([...hubsOf(users.map((user) => line('data', user, 'end')))]).toEqual(['end']);
    expect(hubsOf(ofStart.slice(1)).size).toBe(0);
    expect(hubsOf(users.map((user) => line('control', 'start', user))).size).toBe(0);
  });

  it('are drawn to cards in view, wherever the step itself is; other lines stay', () => {
    const others = [line('control', 'start', 'user 7'), line('data', 'user 7', 'user 8')];
    const all = [...ofStart, ...others];
    const drawn = withoutFarLines(all, hubsOf(all), new Set(['start', 'user 1', 'user 5']));
    expect(ids(drawn)).toEqual(['data start user 1', 'data start user 5', ...ids(others)]);
    expect(ids(withoutFarLines(all, hubsOf(all), new Set(['user 1'])))).toEqual(['data start user 1', ...ids(others)]);
  });

  it('between two such steps is drawn where both are in view', () => {
    const all = [...ofStart, ...users.map((user) => line('data', user, 'end')), line('data', 'start', 'end')];
    const between = (inView: string[]) =>
      ids(withoutFarLines(all, hubsOf(all), new Set(inView))).includes('data start end');
    expect(between(['start', 'end'])).toBe(true);
    expect(between(['start'])).toBe(false);
  });

  it('leaves a flow without such steps as it is', () => {
    const few = ofStart.slice(0, 3);
    expect(withoutFarLines(few, hubsOf(few), new Set())).toBe(few);
  });
});
