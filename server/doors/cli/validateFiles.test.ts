import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { rondo, rondoInShell, root, sampleFlow, testFolder } from './testCommand.ts';

const folder = testFolder();
afterAll(() => folder.dispose());

const triage = readFileSync(sampleFlow('ticket-triage'), 'utf8');
const broken = triage.replace('"name": "Sort the ticket"', '"name": ""');

function put(name: string, text: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

const closed = (required: string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const text = closed(['text'], { text: { type: 'string' } });
const from1 = { type: 'integer', minimum: 1 };
const level = { enum: ['none', 'note', 'warning', 'error'] };
const uri = closed([], { uri: { type: 'string' }, index: { type: 'integer', minimum: 0 } });

/** The published schema of SARIF 2.1.0, as far as the report goes: members, what is required, and nothing else. */
const sarif = new Ajv2020({ strictTypes: false }).compile(
  closed(['version', 'runs'], {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: closed(['tool'], {
        tool: closed(['driver'], {
          driver: closed(['name'], {
            name: { type: 'string' },
            version: { type: 'string' },
            rules: {
              type: 'array',
              uniqueItems: true,
              items: closed(['id'], {
                id: { type: 'string' },
                shortDescription: text,
                help: text,
                defaultConfiguration: closed([], { level }),
              }),
            },
          }),
        }),
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        artifacts: { type: 'array', uniqueItems: true, items: closed([], { location: uri }) },
        results: {
          type: 'array',
          items: closed(['message'], {
            ruleId: { type: 'string' },
            ruleIndex: { type: 'integer', minimum: 0 },
            level,
            message: text,
            locations: {
              type: 'array',
              items: closed([], {
                physicalLocation: closed([], {
                  artifactLocation: uri,
                  region: closed([], { startLine: from1, startColumn: from1, endLine: from1, endColumn: from1 }),
                }),
                logicalLocations: {
                  type: 'array',
                  items: closed([], { fullyQualifiedName: { type: 'string' }, kind: { type: 'string' } }),
                },
              }),
            },
          }),
        },
      }),
    },
  }),
);

function report(...files: string[]) {
  const ended = rondo(['validate', ...files, '--format', 'sarif']);
  const log = JSON.parse(ended.stdout);
  expect(sarif(log), JSON.stringify(sarif.errors)).toBe(true);
  return { code: ended.code, run: log.runs[0], result: log.runs[0].results[0] };
}

describe('rondo validate', () => {
  it('exit 0 for valid files, 1 for one that is not, 2 for one that cannot be read', () => {
    const bad = put('bad.json', broken);
    expect(rondo(['validate', sampleFlow('ticket-triage')])).toMatchObject({ code: 0, stderr: '' });
    const words = rondo(['validate', sampleFlow('ticket-triage'), bad]);
    expect(words.code).toBe(1);
    expect(words.stdout).toContain('error OAS-NAME-EMPTY at /$referenced_components/sort/name');
    expect(rondo(['validate', '/no/such/file.json'])).toMatchObject({ code: 2, stdout: '' });
    expect(rondo(['validate', bad, '--format', 'xml'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('--format json is --json', () => {
    const bad = put('bad.json', broken);
    const json = rondo(['validate', bad, '--format', 'json']);
    expect(json.stdout).toBe(rondo(['validate', bad, '--json']).stdout);
    expect(JSON.parse(json.stdout)).toMatchObject({ files: [{ file: bad, valid: false }] });
    expect(Object.keys(JSON.parse(json.stdout).files[0])).toEqual(['file', 'valid', 'problems']);
  });

  it('SARIF names rules, places and levels', () => {
    const bad = put('bad file.json', broken);
    const { code, run, result } = report(bad, sampleFlow('weekly-report'));
    expect(code).toBe(1);
    expect(run.tool.driver).toMatchObject({ name: 'Rondo', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    const line = broken.split('\n').findIndex((one) => one.includes('"name": ""')) + 1;
    expect(result).toMatchObject({ ruleId: 'OAS-NAME-EMPTY', level: 'error' });
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: pathToFileURL(bad).href, index: 0 },
      region: { startLine: line, startColumn: 7, endLine: line, endColumn: 17 },
    });
    expect(result.locations[0].logicalLocations[0].fullyQualifiedName).toBe('/$referenced_components/sort/name');
  });

  it('SARIF finds the line in YAML, in a text that cannot be read, and of what is missing', () => {
    const yaml = stringify(JSON.parse(broken));
    const inYaml = report(put('bad.yaml', yaml)).result;
    const line = yaml.split('\n').findIndex((one) => one.includes('name: ""')) + 1;
    expect(inYaml.locations[0].physicalLocation.region).toMatchObject({ startLine: line, startColumn: 5 });
    const unread = report(put('cut.json', '{\n  "component_type": \n')).result;
    expect(unread).toMatchObject({ ruleId: 'OAS-JSON' });
    expect(unread.locations[0].physicalLocation.region.startLine).toBeGreaterThan(1);
    const missing = report(put('missing.json', triage.replace('"prompt_template":', '"other":'))).run.results;
    const found = missing.find((one: { ruleId: string }) => one.ruleId === 'OAS-FIELD-MISSING');
    const sort = triage.split('\n').findIndex((one) => one.includes('"sort": {')) + 1;
    expect(found.locations[0].physicalLocation.region.startLine).toBe(sort);
    const json5 = report(put('bad.json5', `// a note\n${broken}`)).result;
    expect(json5.locations[0].physicalLocation).not.toHaveProperty('region');
  });

  it('addresses of files are relative as they were given', () => {
    const run = rondo(['validate', 'flows/ticket-triage/flow.json', '--format', 'sarif'], root);
    expect(JSON.parse(run.stdout).runs[0].artifacts).toEqual([{ location: { uri: 'flows/ticket-triage/flow.json' } }]);
  });
});

describe('rondo schema', () => {
  it('ends without a word when its reader has enough', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `${rondoInShell} schema | head -1`], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('prints a schema that takes a sample and rejects it without its steps', () => {
    const schema = JSON.parse(rondo(['schema']).stdout);
    expect(JSON.parse(rondo(['schema', '--json']).stdout)).toEqual(schema);
    const accepts = new Ajv2020({ strictTypes: false, strictRequired: false }).compile(schema);
    const { nodes: _nodes, ...without } = JSON.parse(triage);
    expect(accepts(JSON.parse(triage))).toBe(true);
    expect(accepts(without)).toBe(false);
  });
});
