import { type Sample, sampleJson } from '@rondo/shared/runs/samples.ts';
import type { GestureDraft } from '../../canvas/gesture.ts';
import { placeOf, setRondo } from '../../canvas/gesture.ts';

/** Pins a sample to a step, or takes it off (undefined). */
export function pinSample(draft: GestureDraft, nodeId: string, sample: Sample | undefined): void {
  const node = draft.node(nodeId);
  if (node) draft.run(setRondo(placeOf(node.component), 'sample', sample && sampleJson(sample)));
}
