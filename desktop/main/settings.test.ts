import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstPlace, readSettings, SettingsFile, visiblePlace } from './settings.ts';

describe('settings', () => {
  it('are remembered in one file, whole or not at all', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rondo-settings-'));
    const path = join(folder, 'inner', 'settings.json');
    new SettingsFile(path).change({ server: 'https://rondo.example.com' });
    new SettingsFile(path).change({ language: 'de' });
    new SettingsFile(path).change({ window: { x: 1, y: 2, width: 900, height: 700, maximized: true } });
    expect(new SettingsFile(path).get()).toEqual({
      server: 'https://rondo.example.com',
      language: 'de',
      window: { x: 1, y: 2, width: 900, height: 700, maximized: true },
    });
    expect(readdirSync(join(folder, 'inner'))).toEqual(['settings.json']);
    rmSync(folder, { recursive: true });
  });

  it.each([
    undefined,
    '',
    '{"server": ',
    '[]',
    'null',
    '{"server": "file:///etc", "window": {"width": 1, "x": "left"}, "language": "xx"}',
  ])('start afresh from %j', (text) => {
    expect(readSettings(text)).toEqual({ window: firstPlace });
  });

  it('bring a window back to where a screen is', () => {
    const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
    const place = { x: 100, y: 100, width: 900, height: 700, maximized: false };
    expect(visiblePlace(place, screens)).toEqual(place);
    expect(visiblePlace({ ...place, x: 2500 }, screens)).toEqual({ width: 900, height: 700, maximized: false });
  });
});
