import { afterAll, describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

const sandbox = new Sandbox({ milliseconds: 400 });
afterAll(() => sandbox.close());

describe('templates', () => {
  it('interprets Jinja: conditions, loops, filters', async () => {
    const source =
      '{% for x in items %}{{ loop.index }}:{{ x | upper }} {% endfor %}{% if big %}big{% else %}small{% endif %}';
    expect(await sandbox.template(source, { items: ['a', 'b'], big: true })).toBe('1:A 2:B big');
  });
  it('takes a value of a name that the interpreter has itself', async () => {
    expect(await sandbox.template('{{ x }}{% if true %}!{% endif %}', { x: 1, range: 'mine', none: 2 })).toBe('1!');
  });
  it('stops a template that goes on for ever', async () => {
    const source = '{% for a in range(100000) %}{% for b in range(100000) %}{{ a }}{% endfor %}{% endfor %}';
    await expect(sandbox.template(source, {})).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' });
  });
});

describe('formulas', () => {
  it('evaluates JSONata over the inputs', async () => {
    expect(await sandbox.formula('$sum(orders.value)', { orders: [{ value: 2 }, { value: 3.5 }] })).toBe(5.5);
    expect(await sandbox.formula('missing', {})).toBeNull();
  });
  it('says what is wrong', async () => {
    await expect(sandbox.formula('1 +', {})).rejects.toMatchObject({ code: 'FORMULA_FAILED' });
  });
  it('ends a regular expression that never ends, and goes on afterwards', async () => {
    await expect(sandbox.formula('$match(s, /^(a+)+$/)', { s: `${'a'.repeat(40)}!` })).rejects.toMatchObject({
      code: 'FORMULA_FAILED',
    });
    expect(await sandbox.formula('1 + 1', {})).toBe(2);
  });
});

describe('scripts', () => {
  it('gives what the body returns', async () => {
    expect(await sandbox.script('return { sum: a + b, all: inputs }', { a: 1, b: 2 })).toEqual({
      sum: 3,
      all: { a: 1, b: 2 },
    });
  });
  it('stops an endless loop, and one that eats memory', async () => {
    await expect(sandbox.script('for (;;) {}', {})).rejects.toMatchObject({ code: 'SCRIPT_FAILED' });
    await expect(sandbox.script('const a = []; for (;;) a.push("x".repeat(1e5) + a.length)', {})).rejects.toMatchObject(
      { code: 'SCRIPT_FAILED' },
    );
    expect(await sandbox.script('return 1', {})).toBe(1);
  });
  it('ends at once when it is broken off, also while it waits for its turn', async () => {
    const controller = new AbortController();
    const calls = [1, 2, 3, 4].map(() => sandbox.script('for (;;) {}', {}, controller.signal));
    const results = Promise.allSettled(calls);
    const started = Date.now();
    controller.abort(new Error('enough'));
    for (const result of await results)
      expect(result).toMatchObject({ status: 'rejected', reason: { message: 'enough' } });
    expect(Date.now() - started).toBeLessThan(500);
    await expect(sandbox.script('return 1', {}, controller.signal)).rejects.toThrow('enough');
    expect(await sandbox.script('return 1', {})).toBe(1);
  });
  it('sees nothing of the host', async () => {
    const seen = 'return [typeof process, typeof require, typeof fetch, typeof globalThis.__inputs]';
    expect(await sandbox.script(seen, {})).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
    expect(await sandbox.script('return this.constructor.constructor("return typeof process")()', {})).toBe(
      'undefined',
    );
  });
});
