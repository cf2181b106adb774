import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { Cipher } from './cipher.ts';
import { loadSecretKey } from './key.ts';
import { SecretStore } from './secretStore.ts';

describe('cipher', () => {
  const cipher = new Cipher(randomBytes(32));

  it('gives back what it took, with another text each time', () => {
    const one = cipher.encrypt('s3cret ✓', 'a');
    expect(cipher.decrypt(one, 'a')).toBe('s3cret ✓');
    expect(cipher.encrypt('s3cret ✓', 'a').equals(one)).toBe(false);
  });

  it('refuses changed bytes, another place and another key', () => {
    const bytes = cipher.encrypt('s3cret', 'a');
    const changed = Buffer.from(bytes);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => cipher.decrypt(changed, 'a')).toThrow('changed');
    expect(() => cipher.decrypt(bytes, 'b')).toThrow('changed');
    expect(() => new Cipher(randomBytes(32)).decrypt(bytes, 'a')).toThrow('another key');
  });
});

describe('the key', () => {
  it('is made once, for its owner only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rondo-key-'));
    const [one, two] = await Promise.all([loadSecretKey(undefined, folder), loadSecretKey('', folder)]);
    expect(one.equals(two)).toBe(true);
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
    await expect(loadSecretKey('short', folder)).rejects.toThrow('too short');
    await rm(folder, { recursive: true });
  });
});

describe('the store', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('keeps values encrypted, gives them by name, and takes them out of texts', async () => {
    const { store } = database;
    const secrets = new SecretStore(store.prisma, randomBytes(32));
    const value = 'pa"ss wörd/1';
    const id = await store.transaction((tx) => secrets.set(tx, 'crm', value, 'somebody'));
    const again = await store.transaction((tx) => secrets.set(tx, 'crm', value, 'somebody'));
    expect(again).toBe(id);
    const { rows } = await store.pool.query('SELECT * FROM secret');
    expect(JSON.stringify(rows) + String(rows[0].ciphertext)).not.toContain('wörd');
    expect(rows).toEqual([expect.objectContaining({ id, name: 'crm' })]);
    expect(await secrets.resolve('other')).toBeUndefined();
    expect(await secrets.resolve('crm')).toBe(value);
    const leak = `401 for ${value}, ${JSON.stringify(value)}, ?key=${encodeURIComponent(value)}`;
    expect(secrets.scrub(leak)).toBe('401 for [secret], "[secret]", ?key=[secret]');
    expect(await store.transaction((tx) => secrets.remove(tx, id))).toBe('crm');
    expect(await secrets.resolve('crm')).toBeUndefined();
  });
});
