import { parse } from '../canvas/editor.ts';
import { findFlow } from '../canvas/gesture.ts';
import type { FlowShape } from '../canvas/inspector/otherFlows.ts';
import { flowVersion } from './flowApi.ts';

/** What a published version takes and gives; undefined when its document holds no flow. */
export async function publishedShape(flowId: string, number: number): Promise<FlowShape | undefined> {
  const tree = parse((await flowVersion(flowId, number)).text);
  const view = tree && findFlow(tree, null);
  return view && { inputs: view.inputs, outputs: view.outputs };
}
