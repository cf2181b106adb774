import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts as c } from '../operations/contract/index.ts';
import { type TestRooms, testRooms } from '../operations/testRooms.ts';
import { appendAudit } from './append.ts';

let rooms: TestRooms;
beforeAll(async () => {
  rooms = await testRooms();
});
afterAll(() => rooms.close());

const rowCount = async () =>
  Number((await rooms.database.store.pool.query('SELECT count(*) FROM audit')).rows[0].count);

describe('G5 every privileged change has its audit row in the same transaction', () => {
  it('a change and its row are kept together, or neither', async () => {
    const { store } = rooms.database;
    const before = await rowCount();
    const { flowId } = await rooms.call(c.flow.create, { name: 'Together' });
    expect(await rowCount()).toBe(before + 1);
    const { rows } = await rooms.call(c.audit.list, { limit: 1 });
    expect(rows[0]).toMatchObject({
      actorName: 'Olivia',
      action: 'flow.create',
      targetId: flowId,
      targetName: 'Together',
      outcome: 'done',
    });
    // The row cannot be written: the change must not stay behind.
    await store.pool.query('ALTER TABLE audit ADD CONSTRAINT refuse_all CHECK (seq < 0) NOT VALID');
    await expect(rooms.call(c.flow.create, { name: 'Alone' })).rejects.toThrow();
    await store.pool.query('ALTER TABLE audit DROP CONSTRAINT refuse_all');
    expect((await rooms.call(c.flow.list, { search: 'Alone' })).flows).toEqual([]);
  });

  it('an API key is not made without its row', async () => {
    const { store } = rooms.database;
    await store.pool.query('ALTER TABLE audit ADD CONSTRAINT refuse_all CHECK (seq < 0) NOT VALID');
    await expect(rooms.call(c.apikey.create, { name: 'ghost' })).rejects.toThrow();
    await store.pool.query('ALTER TABLE audit DROP CONSTRAINT refuse_all');
    expect((await rooms.call(c.apikey.list, {})).keys).toEqual([]);
  });

  it('refusals are on record: by role and by rule', async () => {
    const viewer = await rooms.person('Vic', 'viewer');
    await expect(rooms.call(c.flow.create, { name: 'No' }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { rows } = await rooms.call(c.audit.list, { limit: 1 });
    expect(rows[0]).toMatchObject({
      actorName: 'Vic',
      action: 'flow.create',
      outcome: 'refused',
      details: { code: 'FORBIDDEN' },
    });
    const { flowId } = await rooms.call(c.flow.create, { name: 'Ruled' });
    await expect(rooms.call(c.flow.publish, { flowId, baseSeq: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await rooms.call(c.audit.list, { limit: 1 })).rows[0]).toMatchObject({
      action: 'flow.publish',
      targetId: flowId,
      outcome: 'refused',
      details: { code: 'CONFLICT' },
    });
    await expect(rooms.call(c.run.start, { flowId, inputs: {} }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await rooms.call(c.audit.list, { limit: 1 })).rows[0]).toMatchObject({
      action: 'run.start',
      outcome: 'refused',
    });
  });

  it('never holds a secret, a password or an invitation’s token', async () => {
    await rooms.call(c.secret.set, { name: 'crm', value: 'S3CRET-VALUE' });
    const { link } = await rooms.call(c.person.invite, { role: 'builder' });
    const token = link.split('/').at(-1) ?? '';
    await rooms.call(c.invite.accept, { token, name: 'Ben', email: 'ben@example.com', password: 'PASSWORD-OF-BEN' });
    const { rows } = await rooms.database.store.pool.query('SELECT * FROM audit');
    const text = JSON.stringify(rows.map((row) => ({ ...row, seq: String(row.seq) })));
    for (const value of ['S3CRET-VALUE', 'PASSWORD-OF-BEN', token]) expect(text).not.toContain(value);
  });

  it('stands in one order when many write at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => rooms.call(c.flow.create, { name: `Many ${i}` })));
    expect(await rooms.call(c.audit.verify, {})).toMatchObject({ ok: true, firstBroken: null });
  });
});

describe('G5 the chain verifies, and a changed row is named', () => {
  /** Changes rows behind the product’s back, looks, and puts them back. */
  async function tampered(change: string, restore: () => Promise<unknown>) {
    await rooms.database.store.pool.query(change);
    const result = await rooms.call(c.audit.verify, {});
    await restore();
    expect((await rooms.call(c.audit.verify, {})).ok).toBe(true);
    return result;
  }
  const { query } = { query: (sql: string, values?: unknown[]) => rooms.database.store.pool.query(sql, values) };

  it('a changed field', async () => {
    const old = (await query('SELECT actor_name FROM audit WHERE seq = 3')).rows[0].actor_name;
    const result = await tampered(`UPDATE audit SET actor_name = 'Mallory' WHERE seq = 3`, () =>
      query('UPDATE audit SET actor_name = $1 WHERE seq = 3', [old]),
    );
    expect(result).toMatchObject({ ok: false, checked: 2, firstBroken: { seq: 3 } });
    expect(result.firstBroken?.reason).toContain('changed');
  });

  it('a row taken out, and the last rows cut off', async () => {
    const keep = async (where: string) => {
      await query(`CREATE TABLE kept AS SELECT * FROM audit WHERE ${where}`);
      return tampered(`DELETE FROM audit WHERE ${where}`, async () => {
        await query('INSERT INTO audit SELECT * FROM kept');
        await query('DROP TABLE kept');
      });
    };
    const middle = await keep('seq = 4');
    expect(middle.firstBroken?.seq).toBe(4);
    expect(middle.firstBroken?.reason).toContain('missing');
    const end = await keep('seq > 10');
    expect(end.firstBroken?.seq).toBe(11);
    expect(end.firstBroken?.reason).toContain('missing');
  });

  it('two rows in each other’s place', async () => {
    const swap = `UPDATE audit SET seq = CASE seq WHEN -5 THEN 6 WHEN -6 THEN 5 END WHERE seq IN (-5, -6)`;
    await query('UPDATE audit SET seq = -seq WHERE seq IN (5, 6)');
    const result = await tampered(swap, async () => {
      await query('UPDATE audit SET seq = -seq WHERE seq IN (5, 6)');
      await query(swap);
    });
    expect(result.firstBroken?.seq).toBe(5);
  });

  it('a row that was hashed anew still breaks the row after it', async () => {
    const { rowHash } = await import('./chain.ts');
    const row = await rooms.services.prisma.audit.findUniqueOrThrow({ where: { seq: 2n } });
    const forged = { ...row, actorName: 'Mallory' };
    await rooms.services.prisma.audit.update({
      where: { seq: 2n },
      data: { actorName: 'Mallory', hash: rowHash(forged) },
    });
    const result = await rooms.call(c.audit.verify, {});
    await rooms.services.prisma.audit.update({
      where: { seq: 2n },
      data: { actorName: row.actorName, hash: row.hash },
    });
    expect(result).toMatchObject({ ok: false, firstBroken: { seq: 3 } });
  });

  it('appends to a chain of its own installation only', async () => {
    await expect(
      rooms.services.store.transaction(async (tx) => {
        const entry = { actor: rooms.owner.actor, action: 'test', target: { kind: 'test', id: '', name: '' } };
        await appendAudit(tx, { ...entry, outcome: 'done', details: {} });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect((await rooms.call(c.audit.verify, {})).ok).toBe(true);
  });
});
