import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rondo, sampleFlow, testFolder } from './testCommand.ts';

const folder = testFolder();
afterAll(() => folder.dispose());

const triage = readFileSync(sampleFlow('ticket-triage'), 'utf8');
const at = (name: string): string => join(folder.path, name);

function put(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

describe('rondo convert', () => {
  it('for another version: only what must change does, and what does not fit is said', () => {
    const low = rondo(['convert', sampleFlow('ticket-triage'), '--version', 'lowest', '--json']);
    const { version, misfits, to, text } = JSON.parse(low.stdout);
    expect({ code: low.code, misfits, to }).toEqual({ code: 0, misfits: [], to: 'json' });
    const changed = (text as string).split('\n').filter((line, at) => line !== triage.split('\n')[at]);
    expect(changed.filter((line) => !line.includes(version))).toEqual([]);
    const retried = triage.replace(
      '"component_type": "LlmConfig"',
      '"component_type": "LlmConfig",\n"retry_policy": {}',
    );
    const file = put('retried.json', retried);
    const before = rondo(['convert', file, '--version', '25.4.1']);
    expect(before.code).toBe(1);
    expect(before.stderr).toContain('came with 26.1.2');
    expect(rondo(['convert', file, '--version', '1.0'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('It can be lowest, or one of 25.4.1,'),
    });
  });

  it('JSON to YAML and back, to stdout or into a file that is not there', () => {
    const yaml = rondo(['convert', sampleFlow('ticket-triage')]);
    expect(yaml).toMatchObject({ code: 0, stderr: '' });
    expect(parse(yaml.stdout)).toEqual(JSON.parse(triage));
    put('triage.yaml', yaml.stdout);
    const out = ['convert', at('triage.yaml'), '--to', 'json', '--out', at('again.json')];
    expect(rondo(out)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(at('again.json'), 'utf8')).toBe(triage);
    expect(rondo(out)).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') });
    expect(rondo([...out, '--force']).code).toBe(0);
  });

  it('says how many comments stay behind', () => {
    const file = put('note.yaml', '# one\ncomponent_type: ServerTool # two\nname: n\nid: i\n');
    expect(rondo(['convert', file])).toEqual({
      code: 0,
      stdout: '{\n  "component_type": "ServerTool",\n  "name": "n",\n  "id": "i"\n}\n',
      stderr: '2 comments are not carried over.\n',
    });
    expect(JSON.parse(rondo(['convert', file, '--json']).stdout)).toMatchObject({
      from: 'yaml',
      to: 'json',
      commentsLost: 2,
    });
    expect(rondo(['convert', file, '--to', 'yaml']).stdout).toBe(readFileSync(file, 'utf8'));
    expect(rondo(['convert', file, '--to', 'xml'])).toMatchObject({ code: 2, stdout: '' });
    expect(rondo(['convert', put('bad.json', '{')])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('rondo format', () => {
  const messy = '{"name":"n","component_type":"ServerTool",\n"id":"i"}';
  const neat = '{\n  "component_type": "ServerTool",\n  "id": "i",\n  "name": "n"\n}\n';

  it('prints one file, checks and writes several', () => {
    const [one, two] = [put('one.json', messy), put('two.json', neat)];
    expect(rondo(['format', one])).toEqual({ code: 0, stdout: neat, stderr: '' });
    expect(rondo(['format', one, two])).toMatchObject({ code: 2, stdout: '' });
    expect(rondo(['format', one, two, '--check'])).toEqual({ code: 1, stdout: `${one}\n`, stderr: '' });
    expect(readFileSync(one, 'utf8')).toBe(messy);
    const json = rondo(['format', one, two, '--check', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({
      files: [
        { file: one, changed: true },
        { file: two, changed: false },
      ],
    });
    expect(rondo(['format', one, two, '--write'])).toEqual({ code: 0, stdout: `${one}\n`, stderr: '' });
    expect(readFileSync(one, 'utf8')).toBe(neat);
    expect(rondo(['format', one, two, '--check'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('writes nothing when one cannot be read, and lays out no JSON5', () => {
    const [one, bad] = [put('one.json', messy), put('bad.json', '{')];
    expect(rondo(['format', one, bad, '--write'])).toMatchObject({ code: 2, stdout: '' });
    expect(readFileSync(one, 'utf8')).toBe(messy);
    const json5 = rondo(['format', put('a.json5', `// a\n${messy}`)]);
    expect(json5).toMatchObject({ code: 2, stderr: expect.stringContaining('convert it first') });
  });
});
