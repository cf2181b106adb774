import { describe, expect, it } from 'vitest';
import { cronOf, firstOften, oftenOf } from './presets.ts';

describe('presets', () => {
  it.each(['*/10 * * * *', '0 * * * *', '30 6 * * *', '0 8 * * 1-5', '15 17 * * 5', '0 9 1 * *', '0 0 * * 0'])(
    'gives %s back as it was read',
    (cron) => {
      const often = oftenOf(cron);
      expect(often.preset).not.toBe('custom');
      expect(cronOf(often)).toBe(cron);
    },
  );

  it.each(['*/7 * * * *', '0 9 1 * 1', '61 9 * * *', '0 24 * * *', '0 9 32 * *', '0 9 * 2 *', 'never'])(
    'keeps %s as an expression',
    (cron) => {
      expect(oftenOf(cron)).toMatchObject({ preset: 'custom', cron });
      expect(cronOf(oftenOf(cron))).toBe(cron);
    },
  );

  it('has no expression while the time is not one', () => {
    expect(cronOf({ ...firstOften, time: '' })).toBeNull();
    expect(cronOf({ ...firstOften, time: '25:00' })).toBeNull();
    expect(cronOf({ ...firstOften, preset: 'custom', cron: ' ' })).toBeNull();
  });
});
