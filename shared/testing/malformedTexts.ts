import { readFileSync } from 'node:fs';
import { blankDocument } from '../oas/create.ts';
import { exampleFiles, examplesFolder } from './exampleDocuments.ts';
import { randomFrom } from './random.ts';

// For tests only: texts that pass for documents and are not sound, the same for the same seed.

/** A text that somebody might hand in, with the name of its file where it has one. */
export interface Malformed {
  /** how it was made */
  what: string;
  text: string;
  fileName: string | undefined;
}

type Dice = { below(limit: number): number; pick<T>(items: readonly T[]): T };
type Made = { text: string; fileName?: string };

/** Endless malformed texts: bombs of depth and of aliases, cut and garbled examples, odd keys, numbers and characters. */
export function* malformedTexts(seed: number): Generator<Malformed> {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const dice: Dice = { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
  let samples = exampleFiles().map((name) => ({ name, text: readFileSync(`${examplesFolder}/${name}`, 'utf8') }));
  if (samples.length === 0) samples = [{ name: 'blank.json', text: JSON.stringify(blankDocument('Blank'), null, 2) }];
  for (;;) {
    // One in eight is a bomb; they take longest.
    const [what, make] = below(8) === 0 ? dice.pick(bombs) : dice.pick(garbled);
    const sample = dice.pick(samples);
    const made = make(sample, dice);
    yield { what, text: made.text, fileName: below(3) === 0 ? undefined : (made.fileName ?? sample.name) };
  }
}

type Sample = { name: string; text: string };
type Maker = [what: string, make: (sample: Sample, dice: Dice) => Made];

const oddKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  '$component_ref',
  '~1/~0',
];
const oddValues = [
  '1e999',
  '-1e999',
  '1e-999',
  '123456789012345678901234567890',
  '0.1e',
  '00',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  'NaN',
  'Infinity',
  'undefined',
  '{"__proto__":{"polluted":true}}',
  '{"$component_ref":"__proto__"}',
  '{"$component_ref":""}',
  '{"$component_ref":{"$component_ref":"a"}}',
  '[]',
  '{}',
  'null',
  'true',
  '""',
  '{"title":"x","type":"array","items":{"$ref":"#"}}',
];

/** A place in the text at which a value begins, or a random one. */
function valuePlace(text: string, dice: Dice): number {
  const colons = [...text.matchAll(/: ?/g)].map((match) => match.index + match[0].length);
  return colons.length > 0 ? dice.pick(colons) : dice.below(text.length);
}

const garbled: readonly Maker[] = [
  ['cut off', ({ text }, dice) => ({ text: text.slice(0, dice.below(text.length)) })],
  ['the beginning cut off', ({ text }, dice) => ({ text: text.slice(dice.below(text.length)) })],
  [
    'a piece taken out',
    ({ text }, dice) => {
      const at = dice.below(text.length);
      return { text: text.slice(0, at) + text.slice(at + 1 + dice.below(40)) };
    },
  ],
  [
    'a piece doubled',
    ({ text }, dice) => {
      const at = dice.below(text.length);
      const end = at + dice.below(400);
      return { text: text.slice(0, end) + text.slice(at, end) + text.slice(end) };
    },
  ],
  [
    'characters changed',
    ({ text }, dice) => {
      const characters = [...text];
      for (let i = 0; i < 1 + dice.below(6); i++) {
        characters[dice.below(characters.length)] = dice.pick([
          ...'{}[]:,"\'&*!|>#-?%@`\\\n\t 0a\u0000\u2028\ud800\ufeff',
        ]);
      }
      return { text: characters.join('') };
    },
  ],
  [
    'a value put in',
    ({ text }, dice) => {
      const at = valuePlace(text, dice);
      const rest = text.slice(at).replace(/^("(?:[^"\\]|\\.)*"|[\w.$-]+|)/, '');
      return { text: text.slice(0, at) + dice.pick(oddValues) + rest };
    },
  ],
  [
    'a key put in',
    ({ text }, dice) => {
      const braces = [...text.matchAll(/\{/g)].map((match) => match.index + 1);
      if (braces.length === 0) return { text: `${dice.pick(oddKeys)}: 1\n${text}` };
      const at = dice.pick(braces);
      return { text: `${text.slice(0, at)}"${dice.pick(oddKeys)}":${dice.pick(oddValues)},${text.slice(at)}` };
    },
  ],
  [
    'random bytes',
    (_sample, dice) => ({
      text: Buffer.from(Array.from({ length: dice.below(300) }, () => dice.below(256))).toString(
        dice.pick(['utf8', 'latin1']),
      ),
      fileName: dice.pick(['a.json', 'a.yaml', 'a.json5', 'a']),
    }),
  ],
  [
    'random signs',
    (_sample, dice) => ({
      text: Array.from({ length: dice.below(200) }, () => dice.pick([...'{}[]:,"\'&*!|>#-?%@ \n\t01ae<~'])).join(''),
      fileName: dice.pick(['a.json', 'a.yaml', 'a.json5']),
    }),
  ],
  [
    'two documents',
    ({ text, name }, dice) => ({ text: text + dice.pick(['\n---\n', '\n', '...\n', ', ']) + text, fileName: name }),
  ],
  ['read as another language', ({ text }, dice) => ({ text, fileName: dice.pick(['a.json', 'a.yaml', 'a.json5']) })],
];

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

/** Texts that are small and blow up, or that take long where something is done again for each part. */
const bombs: readonly Maker[] = [
  [
    'deep lists',
    (_s, dice) => ({
      text: nested('[', ']', 50 + dice.below(40_000)),
      fileName: dice.pick(['a.json', 'a.yaml', 'a.json5']),
    }),
  ],
  [
    'deep objects',
    (_s, dice) => ({
      text: nested('{"a":', '}', 50 + dice.below(20_000)),
      fileName: dice.pick(['a.json', 'a.yaml', 'a.json5']),
    }),
  ],
  [
    'deep and not closed',
    (_s, dice) => ({
      text: `{"component_type":"Flow","x":${dice.pick(['[', '{"a":'])}`.padEnd(20_000, '['),
      fileName: dice.pick(['a.json', 'a.yaml', 'a.json5']),
    }),
  ],
  [
    'deep by indentation',
    (_s, dice) => {
      const depth = 20 + dice.below(700);
      return { text: Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), fileName: 'a.yaml' };
    },
  ],
  ['deep dashes', (_s, dice) => ({ text: '- '.repeat(10 + dice.below(5_000)), fileName: 'a.yaml' })],
  [
    'aliases that double',
    (_s, dice) => {
      const lines = ['component_type: Flow', 'a0: &a0 [x, x, x, x, x, x, x, x, x]'];
      for (let i = 1; i < 4 + dice.below(20); i++) {
        lines.push(`a${i}: &a${i} [${Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]`);
      }
      return { text: lines.join('\n'), fileName: 'a.yaml' };
    },
  ],
  [
    'many aliases of one value',
    (_s, dice) => ({
      text: `component_type: Flow\na: &a {x: [${'1, '.repeat(dice.below(300))}1]}\nb: [${Array.from({ length: dice.below(2_000) }, () => '*a').join(', ')}]\n`,
      fileName: 'a.yaml',
    }),
  ],
  [
    'an alias of itself',
    (_s, dice) => ({
      text: dice.pick(['a: &a [*a]', 'component_type: &a Flow\nx: &b {y: *b}', '&a {b: *a}']),
      fileName: 'a.yaml',
    }),
  ],
  [
    'odd tags',
    (_s, dice) => ({
      text: `component_type: Flow\nx: ${dice.pick(['!!binary', '!!js/function', '!!set', '!!omap', '!!timestamp', '!<tag:x>', '!!map'])} ${dice.pick(['a', '{a: 1}', '[a]', '2020-01-01', '=='])}\n`,
      fileName: 'a.yaml',
    }),
  ],
  [
    'a chain of references',
    (_s, dice) => {
      const length = 10 + dice.below(3_000);
      const entries = Array.from({ length }, (_, i) => [
        `c${i}`,
        {
          component_type: 'FlowNode',
          id: `c${i}`,
          name: 'n',
          subflow: { $component_ref: `c${(i + 1) % (length + dice.below(2))}` },
        },
      ]);
      const tree = {
        component_type: 'Flow',
        id: 'f',
        name: 'f',
        nodes: [{ $component_ref: 'c0' }],
        $referenced_components: Object.fromEntries(entries),
      };
      return { text: JSON.stringify(tree), fileName: 'a.json' };
    },
  ],
  [
    'flows within flows',
    (_s, dice) => {
      let tree: object = { component_type: 'EndNode', id: 'e', name: 'e' };
      for (let i = 0; i < 5 + dice.below(60); i++) {
        tree =
          dice.below(2) === 0
            ? { component_type: 'FlowNode', id: `n${i}`, name: 'n', subflow: tree }
            : { component_type: 'Flow', id: `f${i}`, name: 'f', nodes: [tree, tree], start_node: tree };
      }
      return { text: shortJson(tree), fileName: 'a.json' };
    },
  ],
  [
    'the same flow in every step',
    (_s, dice) => {
      const levels = 5 + dice.below(40);
      const flows: { [id: string]: object } = {};
      for (let i = 0; i < levels; i++) {
        const step = (n: number) => ({
          component_type: 'FlowNode',
          id: `s${i}_${n}`,
          name: `s${n}`,
          subflow: { $component_ref: `f${i + 1}` },
        });
        flows[`f${i}`] = {
          component_type: 'Flow',
          id: `f${i}`,
          name: 'f',
          nodes: [step(1), step(2), step(3)],
          control_flow_connections: [],
          start_node: { $component_ref: `s${i}_1` },
        };
      }
      flows[`f${levels}`] = {
        component_type: 'Flow',
        id: `f${levels}`,
        name: 'f',
        nodes: [],
        control_flow_connections: [],
      };
      const tree = {
        component_type: 'Flow',
        id: 'root',
        name: 'r',
        nodes: [{ component_type: 'FlowNode', id: 'x', name: 'x', subflow: { $component_ref: 'f0' } }],
        control_flow_connections: [],
        $referenced_components: flows,
      };
      return { text: JSON.stringify(tree), fileName: 'a.json' };
    },
  ],
  [
    'one id a thousand times',
    (_s, dice) => ({
      text: JSON.stringify({
        component_type: 'Flow',
        id: 'f',
        name: 'f',
        nodes: new Array(dice.below(3_000)).fill({ component_type: 'EndNode', id: 'e', name: 'e' }),
      }),
      fileName: 'a.json',
    }),
  ],
  [
    'a long text of braces',
    (_s, dice) => ({
      text: JSON.stringify({
        component_type: 'OutputMessageNode',
        id: 'm',
        name: 'm',
        message: dice.pick(['{{', '{{ ', '{{a', '{{ a }} ', '}}']).repeat(dice.below(60_000)),
      }),
      fileName: 'a.json',
    }),
  ],
  [
    'types within types',
    (_s, dice) => {
      let schema: object = { type: 'string' };
      for (let i = 0; i < dice.below(90); i++)
        schema = dice.pick([
          { type: 'array', items: schema },
          { anyOf: [schema, schema] },
          { type: 'object', properties: { a: schema } },
        ]);
      // `anyOf` doubles what is inside it each time: only as a text of bearable length.
      const tree = {
        component_type: 'EndNode',
        id: 'e',
        name: 'e',
        outputs: [{ title: 'x', ...schema, default: [[1]] }],
      };
      const text = shortJson(tree);
      return { text, fileName: 'a.json' };
    },
  ],
  [
    'a list of a hundred thousand',
    (_s, dice) => ({
      text: `{"component_type":"Flow","id":"f","name":"f","nodes":[${'{},'.repeat(dice.below(100_000))}1]}`,
      fileName: 'a.json',
    }),
  ],
];

/** JSON of a value, or a stand-in where it would have more than 60,000 values. */
function shortJson(value: unknown): string {
  let left = 60_000;
  const measure = (part: unknown): boolean => {
    if (--left < 0) return false;
    return typeof part !== 'object' || part === null || Object.values(part).every(measure);
  };
  return measure(value) ? JSON.stringify(value) : '{"component_type":"EndNode","outputs":[{"title":"x","anyOf":[]}]}';
}
