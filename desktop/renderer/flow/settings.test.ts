import { expect, test } from 'vitest';
import { settingsToSave } from './settings.ts';

test('what is not set is not sent; a key without its limit says nothing', () => {
  expect(settingsToSave({ limits: { key: '  ' }, priority: 'normal', retention: {} })).toEqual({});
  expect(settingsToSave({ limits: { key: 'customer' } })).toEqual({});
  expect(
    settingsToSave({ limits: { atOnce: undefined }, runTimeLimitSeconds: undefined, waitingLongSeconds: 60 }),
  ).toStrictEqual({ waitingLongSeconds: 60 });
  expect(
    settingsToSave({
      limits: { atOnce: 2, key: ' customer ', atOncePerKey: 1 },
      priority: 'high',
      runTimeLimitSeconds: 60,
      retention: { valuesDays: null },
    }),
  ).toEqual({
    limits: { atOnce: 2, key: 'customer', atOncePerKey: 1 },
    priority: 'high',
    runTimeLimitSeconds: 60,
    retention: { valuesDays: null },
  });
});
