import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { branchesOf, outputsOf } from '@rondo/shared/oas/inference.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { ownText } from '@rondo/shared/oas/json.ts';
import { findComponent } from '@rondo/shared/oas/references.ts';
import { outsideOf } from '@rondo/shared/runs/outside.ts';
import { plainPath } from '@rondo/shared/runs/partial.ts';
import type { PinnedTest } from '@rondo/shared/runs/pinnedTests.ts';
import type { Said } from '@rondo/shared/words/said.ts';
import { type Entered, fieldTypeOf, fromEntered, toEntered } from '../startValues.ts';

/** A value that is typed, with the schema that it has to fit. */
export interface TypedValue {
  schema: JsonObject;
  entered: Entered;
}

/** A step that may be taken as given. */
export interface GivenForm {
  path: string;
  name: string;
  on: boolean;
  branches: string[];
  branch: string;
  values: TypedValue[];
}

/** A pinned test as it is edited. */
export interface TestForm {
  name: string;
  inputs: TypedValue[];
  given: GivenForm[];
  fails: boolean;
  /** empty = any */
  end: string;
  outputs: (TypedValue & { on: boolean })[];
  branches: { path: string; name: string; options: string[]; branch: string }[];
}

const titleOf = (schema: JsonObject) => ownText(schema, 'title') ?? '';
const typed = (schema: JsonObject, value: Json | undefined): TypedValue => ({
  schema,
  entered: toEntered(value, fieldTypeOf(schema)),
});

/** A test as a form over the present flow: steps and outputs that are new can be taken up. */
export function formOf(tree: JsonObject, view: FlowView, test: PinnedTest): TestForm {
  const paths = new Map<string, string>();
  for (const one of outsideOf(tree, view)) paths.set(one.path, one.name);
  for (const path of Object.keys(test.given)) {
    if (path !== plainPath(path)) paths.delete(plainPath(path));
    paths.set(path, paths.get(path) ?? nameOf(tree, path));
  }
  return {
    name: test.name,
    inputs: view.inputs.map((schema) => typed(schema, test.inputs[titleOf(schema)])),
    given: [...paths].map(([path, name]) => givenForm(tree, path, name, test)),
    fails: test.expect.state === 'failed',
    end: test.expect.branch ?? '',
    outputs: outputsWith(view, test).map((schema) => {
      const title = titleOf(schema);
      return { ...typed(schema, test.expect.outputs[title]), on: Object.hasOwn(test.expect.outputs, title) };
    }),
    branches: view.nodes
      .filter((node) => node.type === 'BranchingNode')
      .map((node) => ({
        path: node.id,
        name: node.name,
        options: node.branches,
        branch: test.expect.branches[node.id] ?? '',
      })),
  };
}

/** The flow's outputs, and those that the test names and the flow has no more. */
function outputsWith(view: FlowView, test: PinnedTest): JsonObject[] {
  const known = new Set(view.outputs.map(titleOf));
  const gone = Object.keys(test.expect.outputs).filter((name) => !known.has(name));
  return [...view.outputs, ...gone.map((title) => ({ title }))];
}

function givenForm(tree: JsonObject, path: string, name: string, test: PinnedTest): GivenForm {
  const given = test.given[path];
  const component = componentAt(tree, path);
  const outputs: JsonObject[] = component ? outputsOf(tree, component) : [];
  const branches = component ? branchesOf(tree, component) : [];
  return {
    path,
    name: path === plainPath(path) ? name : `${name} (${path.match(/\[(\d+)\]/g)?.join('') ?? path})`,
    on: given !== undefined,
    branches,
    branch: given?.branch ?? branches[0] ?? 'next',
    values: outputs.map((schema) => typed(schema, given?.outputs[titleOf(schema)])),
  };
}

function componentAt(tree: JsonObject, path: string): JsonObject | undefined {
  return findComponent(tree, plainPath(path).split('/').at(-1) ?? '')?.component;
}

function nameOf(tree: JsonObject, path: string): string {
  const component = componentAt(tree, path);
  return (component && ownText(component, 'name')) ?? path;
}

export type ReadForm = { ok: true; test: PinnedTest } | { ok: false; name: string; said: Said | undefined };

/** The test that a form says; the values of a step that is not ticked are forgotten. */
export function testOf(id: string, form: TestForm): ReadForm {
  const wrong: { name: string; said: Said | undefined }[] = [];
  const read = (values: readonly TypedValue[]): { [name: string]: Json } =>
    Object.fromEntries(
      values.flatMap(({ schema, entered }): [string, Json][] => {
        const result = fromEntered(entered, schema);
        if (!result.ok) wrong.push({ name: titleOf(schema), said: result.said });
        return result.ok && result.value !== undefined ? [[titleOf(schema), result.value]] : [];
      }),
    );
  const test: PinnedTest = {
    id,
    name: form.name.trim(),
    inputs: read(form.inputs),
    given: Object.fromEntries(
      form.given
        .filter((step) => step.on)
        .map((step) => [
          step.path,
          {
            outputs: read(step.values),
            ...(step.branches.length > 1 && step.branch !== 'next' && { branch: step.branch }),
          },
        ]),
    ),
    expect: {
      state: form.fails ? 'failed' : 'succeeded',
      ...(form.end !== '' && !form.fails && { branch: form.end }),
      outputs: form.fails ? {} : read(form.outputs.filter((output) => output.on)),
      branches: Object.fromEntries(form.branches.flatMap((one) => (one.branch === '' ? [] : [[one.path, one.branch]]))),
    },
  };
  const first = wrong[0];
  return first ? { ok: false, ...first } : { ok: true, test };
}

/** Branch names of the ends of a flow. */
export function endsOf(view: FlowView): string[] {
  return [
    ...new Set(
      view.nodes
        .filter((node) => node.type === 'EndNode')
        .map((node) => ownText(node.component, 'branch_name') ?? 'next'),
    ),
  ];
}
