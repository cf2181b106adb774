import type { Json } from '@rondo/shared/oas/json.ts';
import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';
import { createContext, useContext, useMemo } from 'react';

/** The run whose values are shown as "last": the newest test run of this flow. */
export const LastRunContext = createContext<RunView | null>(null);

export interface LastValues {
  step(node: string): StepView | undefined;
  inputText(node: string, input: string): string;
  outputText(node: string, output: string): string;
}

/** The last real values of steps, as short texts. */
export function useLastValues(): LastValues {
  const run = useContext(LastRunContext);
  return useMemo(() => {
    const byNode = new Map<string, StepView>();
    for (const step of run?.steps ?? []) if (!step.path.includes('/')) byNode.set(step.nodeId, step);
    return {
      step: (node) => byNode.get(node),
      inputText: (node, input) => shortText(byNode.get(node)?.inputs?.[input]),
      outputText: (node, output) => shortText(byNode.get(node)?.outputs?.[output]),
    };
  }, [run]);
}

/** A value on one line. */
export function shortText(value: Json | undefined, length = 60): string {
  if (value === undefined) return '';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ').trim();
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
