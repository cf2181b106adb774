import { expect, test } from 'vitest';
import { tourSteps } from './tourSteps.ts';

test('the tour goes over the real screens, and only over those that a person has', () => {
  expect(tourSteps('f1', true).map(({ name, path }) => `${name} ${path}`)).toEqual([
    'home /',
    'palette /flows/f1',
    'canvas /flows/f1',
    'inspector /flows/f1',
    'publish /flows/f1',
    'inbox /inbox',
  ]);
  expect(tourSteps(undefined, true).map(({ name }) => name)).toEqual(['home', 'inbox']);
  expect(tourSteps('f1', false).map(({ name }) => name)).toEqual(['home', 'inbox']);
});
