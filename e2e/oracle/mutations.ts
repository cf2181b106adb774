import { isObject, type Json, type JsonObject, own, ownList, ownText } from '@rondo/shared/oas/json.ts';
import { changedAt, pointerTo, valueAt } from '@rondo/shared/oas/pointer.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import { randomFrom } from '@rondo/shared/testing/random.ts';

/** A document that was spoilt, or only changed, in one place. */
export interface Mutant {
  /** what was done, in words */
  what: string;
  tree: JsonObject;
}

type Pick = <T>(items: readonly T[]) => T | undefined;
type Mutation = (tree: JsonObject, pick: Pick) => Mutant | undefined;

/**
 * Documents made from sound ones by one change each: fields taken away, nulled, of another type, edges bent, ids
 * doubled, references turned, titles and versions changed, unknown fields added. The same for the same seed.
 */
export function mutants(bases: readonly { name: string; tree: JsonObject }[], count: number, seed: number): Mutant[] {
  const random = randomFrom(seed);
  const pick: Pick = (items) => items[Math.floor(random() * items.length)];
  const made: Mutant[] = [];
  const seen = new Set<string>();
  for (let i = 0; made.length < count; i++) {
    if (i > count * 20) throw new Error(`Only ${made.length} different documents came out of ${i} changes.`);
    const mutation = mutations[made.length % mutations.length] as Mutation;
    const base = pick(bases);
    const mutant = base === undefined ? undefined : mutation(base.tree, pick);
    if (base === undefined || mutant === undefined) continue;
    const text = JSON.stringify(mutant.tree);
    if (seen.has(text) || text === JSON.stringify(base.tree)) continue;
    seen.add(text);
    made.push({ what: `${base.name}: ${mutant.what}`, tree: mutant.tree });
  }
  return made;
}

const others: Json[] = [null, true, 7, 1.5, 'word', '', [], ['word'], [7], {}, { a: 1 }, { $component_ref: 'nowhere' }];

const calls = ['ApiNode', 'RemoteTool'];
const tools = ['ServerTool', 'ClientTool', 'RemoteTool', 'BuiltinTool'];
const particular: [types: string[], field: string, value: Json | undefined][] = [
  [calls, '/url', ''],
  [calls, '/url', 'ftp://example.com/'],
  [calls, '/http_method', 'FETCH'],
  [calls, '/retry_policy', { max_attempts: -1 }],
  [calls, '/retry_policy', { max_attempts: '3' }],
  [calls, '/sensitive_headers', { 'X-Key': 'k' }],
  [['BuiltinTool'], '/configuration', {}],
  [['BuiltinTool'], '/tool_type', 'rondo.script'],
  [['BranchingNode'], '/mapping/yes', ''],
  [['EndNode', 'LlmNode', 'ToolNode'], '/id', undefined],
  [['EndNode'], '/branch_name', 'other'],
  [['Agent'], '/human_in_the_loop', 'true'],
  [tools, '/requires_confirmation', 1],
  [tools, '/outputs/0/title', undefined],
  [tools, '/inputs/0/title', undefined],
  [['Swarm'], '/relationships', []],
  [['ManagerWorkers'], '/workers', []],
  [['ConversationSummarizationTransform'], '/max_num_characters', 7],
  [['StartNode'], '/branches', ['next', 'next']],
  [['BranchingNode'], '/branches', null],
  [tools, '/name', ''],
  [['EndNode'], '/name', ''],
  [['Agent'], '/metadata', { $component_ref: 'nowhere' }],
  [['Agent', 'ToolNode'], '/outputs/0/items', true],
];

/** Changes that chance would seldom make: each on the last document that it can be made in. */
export function chosenMutants(bases: readonly { name: string; tree: JsonObject }[]): Mutant[] {
  return particular.flatMap(([types, field, value]) =>
    types.flatMap((type) => {
      for (const { name, tree } of bases.toReversed()) {
        const holder = (place: string) => valueAt(tree, place + field.slice(0, field.lastIndexOf('/')));
        const place = placesOfType(tree, [type]).find((at) => holder(at) !== undefined);
        if (place === undefined) continue;
        const what = `${name}: ${JSON.stringify(value) ?? 'nothing'} at`;
        const mutant = changed(tree, place + field, () => value, what);
        if (mutant !== undefined) return [mutant];
      }
      return [];
    }),
  );
}

const mutations: Mutation[] = [
  // a field of a component goes
  (tree, pick) => {
    const place = pick(fieldPlaces(tree));
    return place === undefined ? undefined : changed(tree, place, () => undefined, 'without');
  },
  // … becomes something else
  (tree, pick) => {
    const place = pick(fieldPlaces(tree));
    const other = pick(others) as Json;
    return place === undefined ? undefined : changed(tree, place, () => other, `${JSON.stringify(other)} at`);
  },
  // … or null
  (tree, pick) => {
    const place = pick(fieldPlaces(tree));
    return place === undefined ? undefined : changed(tree, place, () => null, 'null at');
  },
  // something deep inside a field becomes something else
  (tree, pick) => {
    const place = pick(deepPlaces(tree));
    const other = pick(others) as Json;
    return place === undefined ? undefined : changed(tree, place, () => other, `${JSON.stringify(other)} at`);
  },
  // a field that nobody knows
  (tree, pick) => {
    const component = pick(componentPlaces(tree));
    return component === undefined
      ? undefined
      : changed(tree, `${component}/invented`, () => pick(others) as Json, 'new');
  },
  // an end of an edge, or a branch
  (tree, pick) => {
    const edge = pick(placesOfType(tree, ['ControlFlowEdge', 'DataFlowEdge']));
    if (edge === undefined) return undefined;
    const field = pick(Object.keys(valueAt(tree, edge) as JsonObject).filter((key) => key.includes('_')));
    const nodes = [...componentsOf(tree)].filter(([, { component }]) => isNode(component)).map(([id]) => id);
    const wanted: Json = field?.endsWith('_node')
      ? { $component_ref: pick([...nodes, 'nowhere']) ?? '' }
      : (pick(['next', 'default', 'sideways', null]) as Json);
    return field === undefined
      ? undefined
      : changed(tree, pointerTo(edge, field), () => wanted, `${JSON.stringify(wanted)} at`);
  },
  // an edge goes, or stands twice; so with steps
  (tree, pick) => {
    const flow = pick(placesOfType(tree, ['Flow']));
    if (flow === undefined) return undefined;
    const list = pick(['control_flow_connections', 'data_flow_connections', 'nodes']) as string;
    const items = ownList(valueAt(tree, flow) as JsonObject, list);
    const index = pick([...items.keys()]);
    if (index === undefined) return undefined;
    const place = pointerTo(flow, list);
    const copy = pick(['twice', 'gone', 'first of all']) as string;
    const entries = copy === 'gone' ? items.toSpliced(index, 1) : [items[index] as Json, ...items];
    return changed(tree, place, () => entries, `entry ${index} ${copy} at`);
  },
  // an id that another has
  (tree, pick) => {
    const ids = [...componentsOf(tree).keys()];
    const place = pick(componentPlaces(tree));
    const id = pick([...ids, 'a-new-one']);
    return place === undefined || id === undefined
      ? undefined
      : changed(tree, `${place}/id`, () => id, `the id ${id} at`);
  },
  // a reference that names something else
  (tree, pick) => {
    const ids = [...componentsOf(tree).keys(), 'nowhere'];
    const place = pick(deepPlaces(tree).filter((at) => at.endsWith('/$component_ref')));
    return place === undefined ? undefined : changed(tree, place, () => pick(ids) as string, 'turned');
  },
  // titles
  (tree, pick) => {
    const place = pick(propertyPlaces(tree));
    const title = pick(['', 'two words', 'a.b', 'other', 'value', '{x}', 7, null] as Json[]) as Json;
    return place === undefined
      ? undefined
      : changed(tree, `${place}/title`, () => title, `the title ${JSON.stringify(title)} at`);
  },
  // types and defaults of inputs and outputs
  (tree, pick) => {
    const place = pick(propertyPlaces(tree));
    const field = pick(['type', 'default', 'items', 'properties', 'anyOf', 'enum']) as string;
    const value = pick([
      'string',
      'number',
      'integer',
      'object',
      'array',
      'strin',
      7,
      true,
      null,
      ['string', 'null'],
      [{ type: 'string' }],
      { type: 'string' },
      'text',
      [],
    ] as Json[]) as Json;
    return place === undefined
      ? undefined
      : changed(tree, `${place}/${field}`, () => value, `${JSON.stringify(value)} at`);
  },
  // an input or an output goes, or stands twice
  (tree, pick) => {
    const place = pick(propertyPlaces(tree));
    if (place === undefined) return undefined;
    const cut = place.lastIndexOf('/');
    const list = valueAt(tree, place.slice(0, cut)) as Json[];
    const index = Number(place.slice(cut + 1));
    const twice = pick([true, false]);
    const entries = twice ? [...list, list[index] as Json] : list.toSpliced(index, 1);
    return changed(tree, place.slice(0, cut), () => entries, `${twice ? 'doubled' : 'taken out'}: entry ${index} of`);
  },
  // versions
  (tree, pick) => {
    const versions = [
      '25.3.0',
      '25.4.0',
      '25.4.1',
      '25.4.2',
      '26.1.0',
      '26.1.2',
      '26.2.0',
      '26.3.1',
      '99.1.0',
      'new',
      26,
    ];
    const version = pick(versions) as Json;
    return changed(tree, '/agentspec_version', () => version, `version ${JSON.stringify(version)} at`);
  },
  // the type of a component
  (tree, pick) => {
    const place = pick(componentPlaces(tree));
    const types = [
      'Flow',
      'Agent',
      'LlmNode',
      'StartNode',
      'EndNode',
      'ToolNode',
      'ServerTool',
      'OpenAiConfig',
      'NoSuch',
    ];
    const type = pick(types) as string;
    return place === undefined ? undefined : changed(tree, `${place}/component_type`, () => type, `type ${type} at`);
  },
];

function changed(tree: JsonObject, place: string, change: (value: Json | undefined) => Json | undefined, how: string) {
  const made = changedAt(tree, place, change);
  return isObject(made) ? { what: `${how} ${place}`, tree: made } : undefined;
}

function isNode(component: JsonObject): boolean {
  return ownText(component, 'component_type')?.endsWith('Node') ?? false;
}

function componentPlaces(tree: JsonObject): string[] {
  return [...new Set([...componentsOf(tree).values()].map(({ pointer }) => pointer))];
}

function placesOfType(tree: JsonObject, types: string[]): string[] {
  return componentPlaces(tree).filter((place) => {
    const value = valueAt(tree, place);
    return isObject(value) && types.includes(ownText(value, 'component_type') ?? '');
  });
}

function fieldPlaces(tree: JsonObject): string[] {
  return componentPlaces(tree).flatMap((place) =>
    Object.keys(valueAt(tree, place) as JsonObject).map((key) => pointerTo(place, key)),
  );
}

/** Everything below the fields, but for what is free by the specification. */
function deepPlaces(tree: JsonObject): string[] {
  const places: string[] = [];
  const walk = (value: Json, pointer: string): void => {
    if (pointer !== '') places.push(pointer);
    if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, pointerTo(pointer, i));
    else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) if (key !== 'metadata') walk(item, pointerTo(pointer, key));
    }
  };
  walk(tree, '');
  return places;
}

function propertyPlaces(tree: JsonObject): string[] {
  return componentPlaces(tree).flatMap((place) =>
    ['inputs', 'outputs'].flatMap((side) => {
      const list = own(valueAt(tree, place) as JsonObject, side);
      return Array.isArray(list) ? list.map((_, i) => `${place}/${side}/${i}`) : [];
    }),
  );
}
