import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { git, rondo, rondoInShell, sampleFlow, testFolder } from './testCommand.ts';

const folder = testFolder();
afterAll(() => folder.dispose());

const triage = readFileSync(sampleFlow('ticket-triage'), 'utf8');
const sorted = (name: string): string => triage.replace('"name": "Sort the ticket"', `"name": "${name}"`);
const replied = triage.replace('"name": "Answer the customer"', '"name": "Reply"');

function put(name: string, text: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

describe('rondo merge', () => {
  const three = (base: string, ours: string, theirs: string) => [
    put('base.json', base),
    put('ours.json', ours),
    put('theirs.json', theirs),
  ];

  it('prints the document with both changes, in the spelling of ours', () => {
    const tabs = sorted('Sort it').replaceAll('  ', '\t');
    const ended = rondo(['merge', ...three(triage, tabs, replied)]);
    expect(ended).toEqual({
      code: 0,
      stdout: tabs.replace('"name": "Answer the customer"', '"name": "Reply"'),
      stderr: '',
    });
    expect(readFileSync(join(folder.path, 'ours.json'), 'utf8')).toBe(tabs);
  });

  it('exit 1 for a conflict, which is named on stderr; ours stays; --write writes into ours', () => {
    const files = three(triage, sorted('Ours'), sorted('Theirs'));
    const ended = rondo(['merge', ...files, '--write']);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(
      'conflict: “Ours” (LlmNode), name; ours stays\n    base:   “Sort the ticket”\n    ours:   “Ours”\n    theirs: “Theirs”\n',
    );
    expect(readFileSync(join(folder.path, 'ours.json'), 'utf8')).toBe(sorted('Ours'));
    const json = rondo(['merge', ...files, '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      clean: false,
      conflicts: [{ kind: 'field', component: { id: 'sort' }, pointer: '/name', ours: 'Ours', theirs: 'Theirs' }],
      text: sorted('Ours'),
    });
  });

  it('exit 2 when one cannot be read, and nothing is written', () => {
    const files = three(triage, sorted('Ours'), '{');
    const ended = rondo(['merge', ...files, '--write']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(join(folder.path, 'ours.json'), 'utf8')).toBe(sorted('Ours'));
  });
});

describe('as the driver of a real git', () => {
  let repository: ReturnType<typeof testFolder>;
  const write = (text: string, name = 'triage.oas.json') => writeFileSync(join(repository.path, name), text);
  const read = () => readFileSync(join(repository.path, 'triage.oas.json'), 'utf8');
  const commit = (text: string, message: string) => {
    write(text);
    git(repository.path, ['add', '.']);
    git(repository.path, ['commit', '-q', '-m', message]);
  };

  /** Two branches from one commit; `main` has ours. */
  const branches = (ours: string, theirs: string) => {
    repository = testFolder();
    git(repository.path, ['init', '-q', '-b', 'main']);
    git(repository.path, ['config', 'merge.rondo.name', 'Open Agent Spec']);
    git(repository.path, ['config', 'merge.rondo.driver', `${rondoInShell} merge --write --name %P %O %A %B`]);
    git(repository.path, ['config', 'diff.rondo.command', `${rondoInShell} diff --git`]);
    write('*.oas.json merge=rondo diff=rondo\n', '.gitattributes');
    commit(triage, 'first');
    git(repository.path, ['checkout', '-q', '-b', 'other']);
    commit(theirs, 'theirs');
    git(repository.path, ['checkout', '-q', 'main']);
    commit(ours, 'ours');
  };
  beforeEach(() => () => repository.dispose());

  it('two branches that change neighbouring lines of different steps merge clean', () => {
    // Both add a step at the same place of the same lists: git alone could not tell what goes where.
    const added = (id: string): string => {
      const tree = JSON.parse(triage);
      tree.nodes.push({ component_type: 'OutputMessageNode', id, name: id, message: id });
      const last = tree.control_flow_connections.find((edge: { id: string }) => edge.id === 'reply-next');
      if (id === 'one') tree.control_flow_connections[0].to_node = { $component_ref: id };
      else last.to_node = { $component_ref: id };
      tree.control_flow_connections.push({
        component_type: 'ControlFlowEdge',
        id: `${id}-next`,
        name: `${id}-next`,
        from_node: { $component_ref: id },
        from_branch: null,
        to_node: { $component_ref: id === 'one' ? 'sort' : 'end' },
      });
      return `${JSON.stringify(tree, null, 2)}\n`;
    };
    branches(added('one'), added('two'));
    const byLines = 'merge.rondo.driver=git merge-file %A %O %B';
    expect(git(repository.path, ['-c', byLines, 'merge', 'other', '-m', 'merged'], true).code).toBe(1);
    git(repository.path, ['merge', '--abort']);
    const merged = git(repository.path, ['merge', 'other', '-m', 'merged']);
    expect(merged.code).toBe(0);
    expect(git(repository.path, ['status', '--porcelain']).stdout).toBe('');
    const tree = JSON.parse(read());
    expect(tree.nodes.map((node: { id?: string }) => node.id).filter(Boolean)).toEqual(['one', 'two']);
    expect(rondo(['validate', join(repository.path, 'triage.oas.json')]).code).toBe(0);
  });

  it('one field changed twice is a conflict of git, told in words, and ours is in the file', () => {
    branches(sorted('Ours'), sorted('Theirs'));
    const merged = git(repository.path, ['merge', 'other', '-m', 'merged'], true);
    expect(merged.code).toBe(1);
    expect(merged.stdout).toContain('CONFLICT (content): Merge conflict in triage.oas.json');
    expect(merged.stdout + merged.stderr).toContain('conflict: “Ours” (LlmNode), name; ours stays');
    expect(git(repository.path, ['status', '--porcelain']).stdout).toContain('UU triage.oas.json');
    expect(read()).toBe(sorted('Ours'));
  });

  it('a rebase goes through the driver, too', () => {
    branches(sorted('Sort it'), replied);
    git(repository.path, ['rebase', '-q', 'other']);
    expect(read()).toBe(sorted('Sort it').replace('"name": "Answer the customer"', '"name": "Reply"'));
  });
});
