import type { Json } from '@rondo/shared/oas/json.ts';
import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';
import { sampleOf } from '@rondo/shared/runs/samples.ts';
import { createContext, useContext, useMemo } from 'react';
import { useFlowView } from './EditorContext.tsx';
import { shortText } from './shortText.ts';

/** The run whose values are shown as "last": the newest test run of this flow. */
export const LastRunContext = createContext<RunView | null>(null);

export interface LastValues {
  step(node: string): StepView | undefined;
  /** the values themselves */
  input(node: string, input: string): Json | undefined;
  output(node: string, output: string): Json | undefined;
  inputText(node: string, input: string): string;
  outputText(node: string, output: string): string;
}

/** The last real values of steps, as short texts; of a step that has not run, those of its pinned sample. */
export function useLastValues(): LastValues {
  const run = useContext(LastRunContext);
  const { view } = useFlowView();
  return useMemo(() => {
    const byNode = new Map<string, StepView>();
    for (const step of run?.steps ?? []) if (view.nodeById.has(step.nodeId)) byNode.set(step.nodeId, step);
    const sample = (id: string) => {
      const node = view.nodeById.get(id);
      return node && sampleOf(node.component);
    };
    const input = (node: string, name: string) => (byNode.get(node) ?? sample(node))?.inputs?.[name];
    const output = (node: string, name: string) => (byNode.get(node)?.outputs ?? sample(node)?.outputs)?.[name];
    return {
      step: (node) => byNode.get(node),
      input,
      output,
      inputText: (node, name) => shortText(input(node, name)),
      outputText: (node, name) => shortText(output(node, name)),
    };
  }, [run, view]);
}
