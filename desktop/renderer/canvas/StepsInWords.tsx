import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { memo } from 'react';
import { useT } from '../messages/useT.ts';

/** The steps of a flow in document order and where each leads, for those who hear the canvas. */
export const StepsInWords = memo(function StepsInWords({ view }: { view: FlowView }) {
  const t = useT();
  const next = new Map<string, string[]>();
  for (const edge of view.controlEdges) {
    const words = t('canvas.outlineNext', { name: view.nodeById.get(edge.to)?.name ?? '' });
    next.set(edge.from, [...(next.get(edge.from) ?? []), words]);
  }
  return (
    <ol className="visually-hidden steps-in-words" aria-label={t('canvas.outline')}>
      {view.nodes.map((node, index) => (
        <li key={node.id}>
          {t('canvas.outlineStep', { index: index + 1, name: node.name })}
          {next.get(node.id)?.join(', ')}
        </li>
      ))}
    </ol>
  );
});
