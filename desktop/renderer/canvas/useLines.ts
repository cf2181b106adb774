import { useMemo } from 'react';
import { useT } from '../messages/useT.ts';
import { useFlowView, useUi } from './EditorContext.tsx';
import { foldedLines } from './frames/foldedLines.ts';
import { groupsOf } from './frames/frames.ts';
import { namedLines } from './labels.ts';
import { useMarks } from './marks.ts';
import type { FlowLine } from './steps.ts';
import { controlLines, dataLines } from './steps.ts';

const noSteps: ReadonlySet<string> = new Set();

/** The lines of the flow that is drawn: those that a run took, those that are selected, the data of what is selected. */
export function useLines(): FlowLine[] {
  const t = useT();
  const { view } = useFlowView();
  const selection = useUi((state) => state.selection);
  const edges = useUi((state) => state.edges);
  const allData = useUi((state) => state.allData);
  const run = useMarks((state) => state.run);
  const control = useMemo(() => {
    const marks = run ? [...run] : [];
    const taken = run
      ? new Set(marks.flatMap(([id, mark]) => mark.branches.map((branch) => `${id}\u0000${branch}`)))
      : null;
    const done = run ? new Set(marks.filter(([, mark]) => mark.state === 'done').map(([id]) => id)) : noSteps;
    return namedLines(view, controlLines(view, taken, done), t);
  }, [view, run, t]);
  return useMemo(() => {
    const picked = new Set(edges);
    const all: FlowLine[] = [
      ...control.map((line) => (picked.has(line.id) ? { ...line, selected: true } : line)),
      ...namedLines(view, dataLines(view, allData ? 'all' : new Set(selection)), t),
    ];
    return foldedLines(all, groupsOf(view));
  }, [control, view, edges, allData, selection, t]);
}
