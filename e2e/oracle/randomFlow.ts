import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { Random } from '@rondo/shared/testing/random.ts';
import { casts, property, schemas, someValue, type Type, types, words } from './randomValues.ts';
import type { Scenario } from './wayflow.ts';

/** An output of a node that later nodes may take. */
interface Source {
  node: string;
  output: string;
  type: Type;
  /** no way around it: it has run whenever what follows runs */
  sure: boolean;
}

/** A place that waits to be joined to the next node. */
interface Tail {
  node: string;
  branch: string | null;
}

/** What all flows of a scenario share. */
interface Shared {
  random: Random;
  count: number;
  serverTools: Scenario['serverTools'];
  clientTools: Scenario['clientTools'];
}

/** What every question of the random flows says, where it says anything. */
export const question = 'What now?';

const answersAtMost = 5;
/** No further step is begun beyond these, so that none of the flows takes long to load. */
const nodesAtMost = 24;

/**
 * A flow without models, and all that it is run with, as a seed decides: chains, branches that join or end, loops,
 * flows in flows, maps, casts, defaults, templates, tools of both kinds, questions, several edges into one input.
 */
export function randomScenario(seed: number): Scenario {
  const random = new Random(seed);
  const shared: Shared = { random, count: 0, serverTools: {}, clientTools: {} };
  const size = random.between(1, 6);
  const inputsOfFlow = someInputs(shared, 'flow', random.between(1, 4));
  const flow = new FlowBuilder(shared, 'flow', inputsOfFlow, random.chance(0.2));
  flow.blocks(size, 0);
  flow.end();
  const inputs: JsonObject = {};
  // One in thirty is missing: then the flow must not begin.
  for (const { title, type, fallback } of flow.inputs)
    if (random.chance(fallback === undefined ? 0.97 : 0.5)) inputs[title] = someValue(random, type);
  return {
    document: { agentspec_version: '26.1.0', ...flow.document() },
    inputs,
    serverTools: shared.serverTools,
    clientTools: shared.clientTools,
    messages: Array.from({ length: random.between(1, answersAtMost) }, () => random.pick(words.slice(0, 4))),
  };
}

interface Input {
  title: string;
  type: Type;
  fallback?: Json;
}

/** The names of inputs are of their flow alone: the reference runtime mixes up those of flows that stand in each other. */
function someInputs({ random }: Shared, flow: string, count: number): Input[] {
  return Array.from({ length: count }, (_, i) => {
    const type = random.pick(types);
    const isOptional = random.chance(0.3);
    return { title: `${flow}_in${i}`, type, ...(isOptional && { fallback: someValue(random, type) }) };
  });
}

const ref = (id: string): JsonObject => ({ $component_ref: id });
/** A flow that grows block by block. */
class FlowBuilder {
  readonly inputs: readonly Input[];
  readonly outputs: { title: string; type: Type }[] = [];
  readonly branches: string[] = [];
  readonly #shared: Shared;
  readonly #id: string;
  /** its values go by name: it has no list of data edges */
  readonly #byName: boolean;
  readonly #nodes: JsonObject[] = [];
  readonly #control: JsonObject[] = [];
  readonly #data: JsonObject[] = [];
  /** what later nodes may take */
  #sources: Source[] = [];
  /** inputs that values of later nodes may go to as well, when a loop comes round */
  #places: { node: string; input: string; type: Type }[] = [];
  #tails: Tail[] = [];

  constructor(shared: Shared, id: string, inputs: readonly Input[], byName = false) {
    this.#shared = shared;
    this.#id = id;
    this.#byName = byName;
    this.inputs = inputs;
    const properties = inputs.map(({ title, type, fallback }) => property(title, type, fallback));
    const start = this.#add('StartNode', { inputs: properties, outputs: properties });
    for (const { title, type } of inputs) this.#sources.push({ node: start, output: title, type, sure: true });
  }

  document(): JsonObject {
    return {
      component_type: 'Flow',
      id: this.#id,
      name: this.#id,
      start_node: ref(String(this.#nodes[0]?.id)),
      nodes: this.#nodes.map(({ id }) => ref(String(id))),
      control_flow_connections: this.#control,
      data_flow_connections: this.#byName ? null : this.#data,
      $referenced_components: Object.fromEntries(this.#nodes.map((node) => [String(node.id), node])),
    };
  }

  /** @param depth flows around this one */
  blocks(count: number, depth: number, quiet = false): void {
    const { random } = this.#shared;
    for (let i = 0; i < count && this.#shared.count < nodesAtMost; i += 1) {
      const kinds = quiet ? ['server', 'server', 'branch'] : ['say', 'server', 'server', 'client', 'ask', 'branch'];
      if (!quiet && depth < 2) kinds.push('loop');
      if (!quiet && depth < 2 && !this.#byName) kinds.push('flow', 'map', 'parallelMap');
      switch (random.pick(kinds)) {
        case 'say':
          this.#say();
          break;
        case 'server':
          this.#tool('ServerTool');
          break;
        case 'client':
          this.#tool('ClientTool');
          break;
        case 'ask':
          this.#ask();
          break;
        case 'branch':
          this.#branch(depth, quiet);
          break;
        case 'loop':
          this.#loop(depth);
          break;
        case 'flow':
          this.#flow(depth);
          break;
        case 'map':
          this.#map(false);
          break;
        case 'parallelMap':
          this.#map(true);
          break;
      }
    }
  }

  /** One end, or an end for each branch name that is given; all deliver values of the same names and types. */
  end(names: readonly string[] = ['next'], outputs = this.#shared.random.between(0, 3)): void {
    const { random } = this.#shared;
    for (let i = 0; i < outputs; i += 1) {
      const sure = this.#sources.filter((source) => source.sure);
      const type = sure.length > 0 ? random.pick(sure).type : random.pick(types);
      const wanted = random.chance(0.3) && !this.#byName ? 'text' : type;
      this.outputs.push({ title: `${this.#id}_out${i}`, type: wanted });
    }
    const [first = 'next', ...rest] = names;
    if (rest.length > 0) {
      const node = this.#decision(rest);
      this.#tails = [];
      rest.forEach((name, i) => {
        this.#tails = [{ node, branch: `way${i}` }];
        this.#end(name);
      });
      this.#tails = [{ node, branch: 'default' }];
    }
    this.#end(first);
    this.branches.push(...names);
  }

  #end(name: string): void {
    const inputs: JsonObject[] = [];
    const id = this.#nextId();
    for (const { title, type } of this.outputs) inputs.push(this.#feed(id, title, type, inputs, true));
    this.#add('EndNode', { inputs, outputs: inputs, branch_name: name }, id);
  }

  #nextId(): string {
    this.#shared.count += 1;
    return `n${this.#shared.count}`;
  }

  #add(type: string, fields: JsonObject, id = this.#nextId()): string {
    this.#nodes.push({ component_type: type, id, name: id, ...fields });
    for (const { node, branch } of this.#tails)
      this.#control.push({
        component_type: 'ControlFlowEdge',
        id: `c${this.#control.length}${this.#id}`,
        name: `c${this.#control.length}${this.#id}`,
        from_node: ref(node),
        ...(branch !== null && { from_branch: branch }),
        to_node: ref(id),
      });
    this.#tails = [{ node: id, branch: null }];
    return id;
  }

  #connect(source: Source, node: string, input: string): void {
    this.#data.push({
      component_type: 'DataFlowEdge',
      id: `d${this.#data.length}${this.#id}`,
      name: `d${this.#data.length}${this.#id}`,
      source_node: ref(source.node),
      source_output: source.output,
      destination_node: ref(node),
      destination_input: input,
    });
  }

  /**
   * An input of a node with one or several edges into it, or a default. Only sure values feed it without a default.
   * Where values go by name it has the name of the value that it takes, and not one that the node has already.
   */
  #feed(node: string, title: string, type: Type, taken: readonly JsonObject[] = [], isEnd = false): JsonObject {
    const { random } = this.#shared;
    // By name, the SDK connects the values of an end with a start, too: they must be of one type.
    const fits = (from: Type) => (isEnd && this.#byName ? from === type : casts(from, type));
    const fitting = this.#sources.filter(
      (source) => fits(source.type) && !taken.some((one) => one.title === source.output),
    );
    const sure = fitting.filter((source) => source.sure);
    const unsure = fitting.filter((source) => !source.sure);
    const first = sure.length > 0 && random.chance(0.9) ? random.pick(sure) : undefined;
    const needsDefault = first === undefined || random.chance(0.2);
    const fallback = needsDefault ? someValue(random, type) : undefined;
    if (this.#byName) return property((first ?? unsure[0])?.output ?? `${node}_${title}`, type, fallback);
    this.#places.push({ node, input: title, type });
    if (first) this.#connect(first, node, title);
    if (first && sure.length > 1 && random.chance(0.2))
      this.#connect(random.pick(sure.filter((source) => source !== first)), node, title);
    if (random.chance(0.5)) for (const source of unsure.slice(0, 2)) this.#connect(source, node, title);
    return property(title, type, fallback);
  }

  #say(): void {
    const { random } = this.#shared;
    const id = this.#nextId();
    const inputs: JsonObject[] = [];
    for (let i = random.between(0, 3); i > 0; i -= 1) inputs.push(this.#feed(id, `p${i}`, 'text', inputs));
    const places = inputs.map(({ title }) => `{{${random.pick(['', ' '])}${String(title)} }}`);
    const message = `${id} says ${places.join(', ')}.`;
    this.#add('OutputMessageNode', { message, inputs }, id);
  }

  #tool(kind: 'ServerTool' | 'ClientTool'): void {
    const { random, serverTools, clientTools } = this.#shared;
    const id = this.#nextId();
    const inputs: JsonObject[] = [];
    for (let i = random.between(0, 3); i > 0; i -= 1) inputs.push(this.#feed(id, `a${i}`, random.pick(types), inputs));
    const type = random.pick(types);
    const name = `tool_${id}`;
    const outputs = [property(`${id}_gave`, type)];
    const tool = { component_type: kind, id: `${id}t`, name, description: name, inputs, outputs };
    if (kind === 'ServerTool') serverTools[name] = someValue(random, type);
    else
      clientTools[name] = Array.from({ length: random.between(1, 4) }, () => someValue(random, type)).filter(
        (value) => value !== '',
      );
    this.#add('ToolNode', { tool, inputs, outputs }, id);
    this.#sources.push({ node: id, output: `${id}_gave`, type, sure: true });
  }

  #ask(): void {
    const { random } = this.#shared;
    const outputs = [property(`n${this.#shared.count + 1}_said`, 'text')];
    const id = this.#add('InputMessageNode', { outputs, ...(random.chance(0.5) && { message: question }) });
    this.#sources.push({ node: id, output: `${id}_said`, type: 'text', sure: true });
  }

  /** A branching node for so many ways besides `default`. */
  #decision(ways: readonly unknown[]): string {
    const { random } = this.#shared;
    const id = this.#nextId();
    const input = this.#feed(id, 'by', 'text');
    const mapping: JsonObject = {};
    ways.forEach((_, i) => {
      mapping[random.pick([words[i] ?? 'red', String(i + 1), 'true'])] = `way${i}`;
    });
    ways.forEach((_, i) => {
      if (!Object.values(mapping).includes(`way${i}`)) mapping[`key${i}`] = `way${i}`;
    });
    this.#add('BranchingNode', { mapping, inputs: [input] }, id);
    return id;
  }

  /** Two or three ways, some of them empty, that come together again. */
  #branch(depth: number, quiet: boolean): void {
    const { random } = this.#shared;
    const ways = Array.from({ length: random.between(1, 2) }, (_, i) => `way${i}`);
    const node = this.#decision(ways);
    const before = this.#sources;
    const after: Source[] = [];
    const tails: Tail[] = [];
    for (const branch of [...ways, 'default']) {
      this.#tails = [{ node, branch }];
      this.#sources = [...before];
      this.blocks(random.between(0, 2), depth + 1, quiet);
      after.push(...this.#sources.slice(before.length).map((source) => ({ ...source, sure: false })));
      tails.push(...this.#tails);
    }
    this.#sources = [...before, ...after];
    this.#tails = tails;
  }

  /** A body that is walked again for as long as a client tool says so. */
  #loop(depth: number): void {
    const { random, clientTools } = this.#shared;
    const places = this.#places.length;
    const sources = this.#sources.length;
    const nodes = this.#nodes.length;
    this.blocks(random.between(1, 2), depth + 1);
    const id = this.#nextId();
    const name = `tool_${id}`;
    const outputs = [property(`${id}_gave`, 'text')];
    const tool = { component_type: 'ClientTool', id: `${id}t`, name, description: name, inputs: [], outputs };
    clientTools[name] = [...Array.from({ length: random.between(0, 2) }, () => 'again'), 'done', 'again'];
    this.#add('ToolNode', { tool, inputs: [], outputs }, id);
    const decision = this.#nextId();
    const by = this.#byName ? `${id}_gave` : 'by';
    this.#connect({ node: id, output: `${id}_gave`, type: 'text', sure: true }, decision, by);
    this.#add('BranchingNode', { mapping: { again: 'back' }, inputs: [property(by, 'text')] }, decision);
    // What the body gave goes round to what stands before it in the body.
    const given = this.#sources.slice(sources);
    for (const place of this.#places.slice(places)) {
      const later = given.filter(
        (source) => casts(source.type, place.type) && this.#indexOf(source.node) > this.#indexOf(place.node),
      );
      if (later.length > 0 && random.chance(0.6)) this.#connect(random.pick(later), place.node, place.input);
    }
    const first = String(this.#nodes[nodes]?.id);
    this.#control.push({
      component_type: 'ControlFlowEdge',
      id: `c${this.#control.length}${this.#id}`,
      name: `c${this.#control.length}${this.#id}`,
      from_node: ref(decision),
      from_branch: 'back',
      to_node: ref(first),
    });
    this.#tails = [{ node: decision, branch: 'default' }];
  }

  #indexOf(node: string): number {
    return this.#nodes.findIndex((one) => one.id === node);
  }

  #flow(depth: number): void {
    const { random } = this.#shared;
    const id = this.#nextId();
    const inner = new FlowBuilder(this.#shared, `${id}f`, someInputs(this.#shared, id, random.between(0, 2)));
    inner.blocks(random.between(1, 3), depth + 1);
    const names = random.chance(0.4) ? ['left', 'right'] : ['next'];
    inner.end(names);
    const inputs = inner.inputs.map(({ title, type }) => this.#feed(id, title, type));
    const outputs = inner.outputs.map(({ title, type }) => property(title, type));
    this.#add('FlowNode', { subflow: inner.document(), inputs, outputs }, id);
    for (const { title, type } of inner.outputs) this.#sources.push({ node: id, output: title, type, sure: true });
    if (names.length === 1) return;
    const before = this.#sources;
    const after: Source[] = [];
    const tails: Tail[] = [];
    for (const branch of names) {
      this.#tails = [{ node: id, branch }];
      this.#sources = [...before];
      this.blocks(random.between(0, 1), depth + 1);
      after.push(...this.#sources.slice(before.length).map((source) => ({ ...source, sure: false })));
      tails.push(...this.#tails);
    }
    this.#sources = [...before, ...after];
    this.#tails = tails;
  }

  /** A flow for each entry of a list, and perhaps with one more value that is the same for all. */
  #map(parallel: boolean): void {
    const { random } = this.#shared;
    const lists = this.#sources.filter(({ type, sure }) => sure && (type === 'texts' || type === 'wholes'));
    if (lists.length === 0) return;
    const source = random.pick(lists);
    const item: Type = source.type === 'texts' ? 'text' : 'whole';
    const id = this.#nextId();
    const same: Input[] = random.chance(0.4) ? [{ title: 'same', type: random.pick(['text', 'whole', 'truth']) }] : [];
    const inner = new FlowBuilder(this.#shared, `${id}f`, [{ title: 'item', type: item }, ...same]);
    inner.blocks(random.between(1, 2), 2, parallel);
    inner.end(['next'], random.between(1, 2));
    const constant = same.map(({ type }) => this.#sources.filter((one) => one.sure && one.type === type));
    if (constant.some((candidates) => candidates.length === 0)) return;
    this.#connect(source, id, 'iterated_item');
    const one = (title: string, type: Type): JsonObject => ({
      title: `iterated_${title}`,
      anyOf: [schemas[type], { type: 'array', items: schemas[type] }],
    });
    same.forEach(({ title }, i) => {
      this.#connect(random.pick(constant[i] ?? []), id, `iterated_${title}`);
    });
    const inputs = inner.inputs.map(({ title, type }) => one(title, type));
    const outputs: JsonObject[] = inner.outputs.map(({ title, type }) => ({
      title: `collected_${title}`,
      type: 'array',
      items: schemas[type],
    }));
    const fields: JsonObject = { subflow: inner.document(), inputs, outputs };
    if (random.chance(0.5)) fields.reducers = Object.fromEntries(inner.outputs.map(({ title }) => [title, 'append']));
    this.#add(parallel ? 'ParallelMapNode' : 'MapNode', fields, id);
    for (const { title, type } of inner.outputs) {
      if (type !== 'text' && type !== 'whole') continue;
      this.#sources.push({
        node: id,
        output: `collected_${title}`,
        type: type === 'text' ? 'texts' : 'wholes',
        sure: true,
      });
    }
  }
}
