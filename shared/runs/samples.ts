import type { FlowView, NodeView } from '../oas/flow.ts';
import { rondoOf } from '../oas/flow.ts';
import type { Json, JsonObject } from '../oas/json.ts';
import { ownObject, ownText } from '../oas/json.ts';
import type { GivenStep } from './partial.ts';

/** Values pinned to a step: what it gave, and what went in. Used by test runs and on the canvas, never by others. */
export interface Sample extends GivenStep {
  inputs?: { [name: string]: Json };
}

/** Bytes of JSON of a sample; it stands in the document. */
export const mostSampleBytes = 64 * 1024;

/** The sample pinned to a step, in `metadata.__metadata_info__.rondo.sample` of its node. */
export function sampleOf(component: JsonObject): Sample | undefined {
  const sample = ownObject(rondoOf(component), 'sample');
  const outputs = sample && ownObject(sample, 'outputs');
  if (!sample || !outputs) return undefined;
  const inputs = ownObject(sample, 'inputs');
  const branch = ownText(sample, 'branch');
  return { outputs, ...(branch !== undefined && { branch }), ...(inputs && { inputs }) };
}

/** A sample as it is written. */
export function sampleJson({ outputs, branch, inputs }: Sample): JsonObject {
  return {
    outputs,
    ...(branch !== undefined && branch !== 'next' && { branch }),
    ...(inputs && Object.keys(inputs).length > 0 && { inputs }),
  };
}

/** Is a sample too large to stand in the document? */
export function isSampleTooLarge(sample: Sample): boolean {
  return new TextEncoder().encode(JSON.stringify(sampleJson(sample))).length > mostSampleBytes;
}

/** Steps of a flow with a sample: what a test run takes as given, by their ids. */
export function givenBySamples(view: FlowView): { [node: string]: GivenStep } {
  const given: { [node: string]: GivenStep } = {};
  for (const node of view.nodes) {
    const sample = hasEnd(node) ? sampleOf(node.component) : undefined;
    if (sample) given[node.id] = { outputs: sample.outputs, ...(sample.branch && { branch: sample.branch }) };
  }
  return given;
}

/** Starts and ends of a flow give nothing by themselves. */
function hasEnd(node: NodeView): boolean {
  return node.type !== 'StartNode' && node.type !== 'EndNode';
}

/** Ids of the steps from which a step can be reached, itself left out, in the order of the document. */
export function stepsBefore(view: FlowView, id: string): string[] {
  const seen = new Set<string>([id]);
  const ring = [id];
  for (let at = ring.pop(); at !== undefined; at = ring.pop()) {
    for (const edge of view.controlEdges) {
      if (edge.to !== at || seen.has(edge.from)) continue;
      seen.add(edge.from);
      ring.push(edge.from);
    }
  }
  return view.nodes.filter((node) => node.id !== id && seen.has(node.id)).map((node) => node.id);
}

/** Ids of the steps that can be reached from a step, itself included. */
export function stepsFrom(view: FlowView, id: string): string[] {
  const seen = new Set<string>([id]);
  const ring = [id];
  for (let at = ring.pop(); at !== undefined; at = ring.pop()) {
    for (const edge of view.controlEdges) {
      if (edge.from !== at || seen.has(edge.to)) continue;
      seen.add(edge.to);
      ring.push(edge.to);
    }
  }
  return view.nodes.filter((node) => seen.has(node.id)).map((node) => node.id);
}
