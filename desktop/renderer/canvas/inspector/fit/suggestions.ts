import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import { alternativesOf, sameType, titleOf, typesFit } from '@rondo/shared/oas/properties.ts';
import type { Source } from '../../dataGestures.ts';
import { earlierSteps } from '../../drawing.ts';

/** A value that fits an input which nothing feeds. */
export interface Suggestion {
  input: string;
  source: Source;
  /** why it is suggested */
  by: 'name' | 'type';
}

/** A name without what people write differently: case, underscores, blanks. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * For each input that nothing feeds, the output of an earlier step that fits: one with the same name and a type that
 * fits, of the nearest step; else the only one of just that type. Inputs that have a default take by name only.
 */
export function suggestionsFor(view: FlowView, node: NodeView): Suggestion[] {
  if (node.type === 'StartNode') return [];
  const fed = new Set(view.dataEdges.filter((edge) => edge.destination === node.id).map((edge) => edge.input));
  const open = node.inputs.filter((input) => titleOf(input) !== '' && !fed.has(titleOf(input)));
  if (open.length === 0) return [];
  const offers = earlierSteps(view, node.id).flatMap((step) => step.outputs.map((output) => ({ step, output })));
  return open.flatMap((input): Suggestion[] => {
    const title = titleOf(input);
    const made = (offer: (typeof offers)[number], by: Suggestion['by']): Suggestion[] => [
      { input: title, source: { node: offer.step.id, output: titleOf(offer.output) }, by },
    ];
    const named = offers.find(({ output }) => plain(titleOf(output)) === plain(title) && typesFit(output, input));
    if (named) return made(named, 'name');
    if (Object.hasOwn(input, 'default') || alternativesOf(input).length === 0) return [];
    const typed = offers.filter(({ output }) => sameType(output, input) && output.format === input.format);
    return typed.length === 1 && typed[0] ? made(typed[0], 'type') : [];
  });
}
