import type { FlowLine } from '../canvas/steps.ts';
import { branchHandle, controlLines, dataLines } from '../canvas/steps.ts';
import type { DrawnDiff } from './drawnDiff.ts';

/** The lines of a comparison, each with what happened to it (see `LineChange`). */
export function diffLines(drawn: DrawnDiff): FlowLine[] {
  const stateOf = new Map(drawn.edges.map((edge) => [edge.id, edge.state]));
  const control = controlLines(drawn.view, null, new Set()).map((line): FlowLine => {
    const change = stateOf.get(line.id) ?? 'same';
    const branches = drawn.view.nodeById.get(line.source)?.branches ?? [];
    const gone = !branches.some((branch) => branchHandle(branch) === line.sourceHandle);
    // a way out that is no longer there: the line leaves where it still can
    const sourceHandle = gone
      ? branches[0] === undefined
        ? 'data-out'
        : branchHandle(branches[0])
      : line.sourceHandle;
    return {
      ...line,
      sourceHandle,
      data: withChange(line.data, change),
      zIndex: change === 'same' ? 0 : 1,
    } as FlowLine;
  });
  const data = (['added', 'removed'] as const).flatMap((change) =>
    dataLines({ ...drawn.view, dataEdges: drawn.data.filter((edge) => edge.state === change) }, 'all').map(
      (line) => ({ ...line, id: `${change} ${line.id}`, data: withChange(line.data, change) }) as FlowLine,
    ),
  );
  return [...control, ...data];
}

function withChange(data: FlowLine['data'], change: 'added' | 'removed' | 'same') {
  return { ...data, change };
}
