import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { rondo, sampleFlow, testFolder } from './testCommand.ts';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.dispose());

const source = readFileSync(sampleFlow('expense-approval'), 'utf8');
const at = (...names: string[]): string => join(folder.path, ...names);
const filesIn = (name: string): string[] => readdirSync(at(name)).map((file) => at(name, file));

describe('rondo split and rondo bundle', () => {
  it('split gives a main file and one for each component; bundle gives the document again', () => {
    const ended = rondo(['split', sampleFlow('expense-approval'), at('parts')]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.trim().split('\n').sort()).toEqual(filesIn('parts').sort());
    expect(readdirSync(at('parts'))).toContain('manager-approves.json');
    for (const file of filesIn('parts').filter((name) => !name.endsWith('flow.json'))) {
      expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual(['$referenced_components']);
    }
    const bundled = rondo(['bundle', ...filesIn('parts')]);
    expect(bundled).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(bundled.stdout)).toEqual(JSON.parse(source));
    expect(rondo(['validate', ...filesIn('parts').filter((name) => name.includes('shared'))]).code).toBe(0);
  });

  it('the chosen components only, from YAML into YAML', () => {
    writeFileSync(at('expense.yaml'), `# how claims go\n${stringify(JSON.parse(source))}`);
    const ended = rondo(['split', at('expense.yaml'), at('parts'), '--component', 'practice-model', '--json']);
    expect(ended).toMatchObject({ code: 0, stderr: '1 comment is not carried over.\n' });
    const { main, components } = JSON.parse(ended.stdout);
    expect(components).toEqual([{ id: 'practice-model', file: at('parts', 'practice-model.shared.yaml') }]);
    const bundled = rondo(['bundle', components[0].file, main, '--out', at('again.yaml')]);
    expect(bundled).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(parse(readFileSync(at('again.yaml'), 'utf8'))).toEqual(JSON.parse(source));
  });

  it('overwrites nothing without --force, and then writes nothing at all', () => {
    mkdirSync(at('parts'));
    writeFileSync(at('parts', 'manager-approves.json'), 'mine');
    const refused = rondo(['split', sampleFlow('expense-approval'), at('parts')]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('manager-approves.json is there already');
    expect(readdirSync(at('parts'))).toEqual(['manager-approves.json']);
    expect(rondo(['split', sampleFlow('expense-approval'), at('parts'), '--force']).code).toBe(0);
    expect(readFileSync(at('parts', 'manager-approves.json'), 'utf8')).not.toBe('mine');
    const out = rondo(['bundle', ...filesIn('parts'), '--out', at('parts', 'flow.json')]);
    expect(out.code).toBe(2);
    expect(out.stderr).toContain('--force');
  });

  it('writes nothing outside of its folder: not by names, not over links', () => {
    const tree = JSON.parse(source);
    const tool = tree.$referenced_components['practice-model'];
    tool.name = '../../outside';
    writeFileSync(at('odd.json'), JSON.stringify(tree));
    mkdirSync(at('parts'));
    writeFileSync(at('target.txt'), 'untouched');
    symlinkSync(at('target.txt'), at('parts', 'outside.shared.json'));
    const ended = rondo(['split', at('odd.json'), at('parts'), '--force', '--component', 'practice-model']);
    expect(ended.code).toBe(0);
    expect(readFileSync(at('target.txt'), 'utf8')).toBe('untouched');
    expect(readdirSync(folder.path).sort()).toEqual(['odd.json', 'parts', 'target.txt']);
    expect(readdirSync(at('parts')).sort()).toEqual(['odd.json', 'outside.shared.json']);
  });

  it('says in one line what cannot be done', () => {
    const nobody = rondo(['split', sampleFlow('expense-approval'), at('parts'), '--component', 'nobody']);
    expect(nobody).toMatchObject({ code: 2, stdout: '' });
    expect(nobody.stderr).toBe('rondo: The document has no component “nobody”.\n');
    expect(existsSync(at('parts'))).toBe(false);
    rondo(['split', sampleFlow('expense-approval'), at('parts')]);
    const [main] = filesIn('parts').filter((name) => name.endsWith('flow.json'));
    const open = rondo(['bundle', main ?? '']);
    expect(open.code).toBe(1);
    expect(open.stderr).toContain('“practice-model” is referred to here');
    expect(rondo(['bundle', main ?? '', sampleFlow('ticket-triage')]).stderr).toContain('more than one main file');
  });
});
