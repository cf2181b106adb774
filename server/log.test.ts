import { describe, expect, it } from 'vitest';
import { openLog } from './log.ts';
import { readLogLevels } from './logLevels.ts';
import { logRuns } from './telemetry/runLog.ts';

function written(levels: string) {
  const lines: string[] = [];
  const scrub = (text: string) => text.replaceAll('s3cret', '[secret]');
  const logs = openLog(readLogLevels(levels), scrub, (line) => lines.push(line));
  return { logs, lines, read: () => lines.map((line) => JSON.parse(line)) };
}

const at = '2026-01-01T00:00:00.000Z';
const run = { runId: 'r1', flowId: 'f1' };
const error = { code: 'HTTP_STATUS', message: 'private words', step: 'map[3]/pay' };

describe('the log', () => {
  it('names run and step where a step fails, and how a run ends, without what is private', () => {
    const { logs, lines, read } = written('info');
    const observe = logRuns(logs.room('runs'));
    observe(run, [
      { kind: 'step_failed', path: 'map[3]/pay', at, attempt: 1, error, retryAt: at },
      { kind: 'step_cut_off', path: 'map[3]/pay', at, attempt: 2 },
      { kind: 'step_failed', path: 'map[3]/pay', at, attempt: 2, error },
      { kind: 'run_failed', at, error },
    ]);
    observe(run, [{ kind: 'run_succeeded', at, outputs: { text: 'private words' }, branch: 'next' }]);
    const common = { ...run, room: 'runs' };
    expect(read()).toMatchObject([
      { ...common, level: 40, path: 'map[3]/pay', attempt: 1, code: 'HTTP_STATUS', retryAt: at },
      { ...common, level: 40, path: 'map[3]/pay', attempt: 2, msg: 'A step was cut off, and is made again.' },
      { ...common, level: 40, path: 'map[3]/pay', attempt: 2, code: 'HTTP_STATUS', msg: 'A step failed.' },
      { ...common, level: 30, path: 'map[3]/pay', state: 'failed', code: 'HTTP_STATUS', msg: 'A run has ended.' },
      { ...common, level: 30, state: 'succeeded' },
    ]);
    expect(lines.join('')).not.toContain('private');
  });

  it('G7: holds no secret’s value, and nothing that is called like one', () => {
    const { logs, lines } = written('info');
    logs.all.info({ err: new Error('401 for s3cret') }, 'the key s3cret was refused');
    logs.room('http').info({ headers: { authorization: 'Bearer abc', 'x-api-key': 'def' }, password: 'ghi' }, 'asked');
    expect(lines.join('')).not.toMatch(/s3cret|abc|def|ghi/);
    expect(lines.join('')).toContain('[secret]');
  });

  it('has levels of its own for rooms', () => {
    const { logs, read } = written('warn, work=debug,http=silent');
    logs.all.info('no');
    logs.all.warn('yes');
    logs.room('work').debug('yes');
    logs.room('http').error('no');
    logs.room('notify').info('no');
    logs.room('notify').error('yes');
    expect(read().map((line) => line.msg)).toEqual(['yes', 'yes', 'yes']);
  });

  it('says which level or room it does not know', () => {
    expect(() => readLogLevels('loud')).toThrow('“loud” is none of trace, debug');
    expect(() => readLogLevels('info,kitchen=debug')).toThrow('“kitchen” is none of http, work');
    expect(() => readLogLevels('info,work=loud')).toThrow('“loud” is none of');
  });
});
