import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { git, rondo, rondoInShell, sampleFlow, testFolder } from './testCommand.ts';

const folder = testFolder();
afterAll(() => folder.dispose());

const triage = readFileSync(sampleFlow('ticket-triage'), 'utf8');
const renamed = triage.replace('"name": "Sort the ticket"', '"name": "Sort it"');

/** Writes a file of the test's folder. */
function put(name: string, text: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

describe('rondo diff', () => {
  it('exit 0 for documents that say the same, whatever the format', () => {
    const yaml = put('same.yaml', stringify(JSON.parse(triage)));
    const json5 = put('same.json5', `// a note\n${triage}`);
    expect(rondo(['diff', sampleFlow('ticket-triage'), yaml])).toEqual({
      code: 0,
      stdout: 'The documents say the same.\n',
      stderr: '',
    });
    expect(rondo(['diff', yaml, json5]).code).toBe(0);
  });

  it('exit 1 for documents that differ, in words and as JSON', () => {
    const other = put('other.json', renamed);
    const words = rondo(['diff', sampleFlow('ticket-triage'), other]);
    expect(words).toMatchObject({ code: 1, stderr: '' });
    expect(words.stdout).toBe('~ step “Sort it” (LlmNode)\n    name: “Sort the ticket” → “Sort it”\n');
    const json = rondo(['diff', sampleFlow('ticket-triage'), other, '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      same: false,
      changes: [{ kind: 'changed', role: 'step', id: 'sort', fields: [{ pointer: '/name', after: 'Sort it' }] }],
    });
  });

  it('where steps stand counts with --layout only', () => {
    const moved = put('moved.json', triage.replace(/"x": \d+/, '"x": 4321'));
    const plain = rondo(['diff', sampleFlow('ticket-triage'), moved]);
    expect(plain).toMatchObject({ code: 0, stdout: '  moved 1 step\n' });
    expect(rondo(['diff', sampleFlow('ticket-triage'), moved, '--layout']).code).toBe(1);
  });

  it('exit 2 and one line for what cannot be read', () => {
    const broken = put('broken.json', '{"component_type": "Flow",');
    for (const file of ['/no/such/file.json', folder.path, broken]) {
      const ended = rondo(['diff', sampleFlow('ticket-triage'), file]);
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    }
  });
});

describe('as the driver of a real git', () => {
  const repository = testFolder();
  afterAll(() => repository.dispose());
  const write = (name: string, text: string) => writeFileSync(join(repository.path, name), text);

  beforeAll(() => {
    git(repository.path, ['init', '-q', '-b', 'main']);
    git(repository.path, ['config', 'diff.rondo.command', `${rondoInShell} diff --git`]);
    write('.gitattributes', '*.oas.json diff=rondo\n');
    write('triage.oas.json', triage);
    write('notes.txt', 'one\n');
    git(repository.path, ['add', '.']);
    git(repository.path, ['commit', '-q', '-m', 'first']);
  });

  it('git diff speaks of steps, and of lines for other files', () => {
    write('triage.oas.json', renamed);
    write('notes.txt', 'two\n');
    const { stdout } = git(repository.path, ['diff']);
    expect(stdout).toContain('rondo diff triage.oas.json\n~ step “Sort it” (LlmNode)\n    name:');
    expect(stdout).not.toContain('"name"');
    expect(stdout).toContain('-one\n+two');
  });

  it('a path with a conflict, of which git hands over the name alone, is named', () => {
    expect(rondo(['diff', '--git', 'a.oas.json'])).toMatchObject({ code: 0, stdout: 'a.oas.json: not merged yet\n' });
  });

  it('new, removed and broken files do not stop git', () => {
    write('new.oas.json', triage);
    write('triage.oas.json', '{');
    git(repository.path, ['add', '-N', 'new.oas.json']);
    const { stdout } = git(repository.path, ['diff']);
    expect(stdout).toContain('rondo diff new.oas.json\n+ a new document');
    expect(stdout).toMatch(/triage\.oas\.json cannot be used: |cannot be used: This is not JSON/);
    git(repository.path, ['rm', '-q', '-f', '--cached', 'new.oas.json', 'triage.oas.json']);
    const staged = git(repository.path, ['diff', '--cached']);
    expect(staged.stdout).toContain('rondo diff triage.oas.json\n- the document');
  });
});
