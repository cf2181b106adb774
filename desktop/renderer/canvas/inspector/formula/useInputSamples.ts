import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useMemo } from 'react';
import { sourcesOf } from '../../dataGestures.ts';
import { useFlowView } from '../../EditorContext.tsx';
import { titleOf } from '../../gesture.ts';
import { useLastValues } from '../../useLastValues.ts';

/** The values that a step's inputs last had: from the step that gives them, else its own, else the default. */
export function useInputSamples(node: NodeView): { values: JsonObject; missing: string[] } {
  const { view } = useFlowView();
  const last = useLastValues();
  return useMemo(() => {
    const values: JsonObject = {};
    const missing: string[] = [];
    for (const input of node.inputs) {
      const title = titleOf(input);
      const edge = sourcesOf(view, node.id, title).at(-1);
      const value = (edge && last.output(edge.source, edge.output)) ?? last.input(node.id, title) ?? input.default;
      if (value === undefined) missing.push(title);
      else values[title] = value;
    }
    return { values, missing };
  }, [node.id, node.inputs, view, last]);
}
