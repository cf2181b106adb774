import { expect, it } from 'vitest';
import { isWithin, itemOf } from './paths.ts';

it('reads the step and the index of an item, and nothing in the path of a step', () => {
  expect(itemOf('map[3]')).toEqual({ step: 'map', index: 3 });
  expect(itemOf('call/map[0]/inner[12]')).toEqual({ step: 'call/map[0]/inner', index: 12 });
  for (const path of ['', 'map', 'map[3]/step', 'odd[x]', 'odd[]', '[3]']) expect(itemOf(path)).toBeUndefined();
});

it('says which steps stand inside of another', () => {
  expect(isWithin('map', 'map')).toBe(true);
  expect(isWithin('map[3]/step', 'map')).toBe(true);
  expect(isWithin('call/step', 'call')).toBe(true);
  expect(isWithin('mapped', 'map')).toBe(false);
});
