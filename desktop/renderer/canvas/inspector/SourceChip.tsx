import type { DataEdgeView } from '@rondo/shared/oas/flow.ts';
import { IconX } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { useFlowView } from '../EditorContext.tsx';
import { titleOf } from '../gesture.ts';
import { StepIcon } from '../StepIcon.tsx';
import { kindOfNode } from '../steps.ts';
import { typeInLine } from './types.ts';

interface Props {
  /** the name that is used for it here; shown when it differs from the output's */
  name?: string;
  edge: DataEdgeView | undefined;
  onRemove?: () => void;
}

/** Where a value comes from: step, output, type. Without an edge it says that nothing gives the value. */
export function SourceChip({ name, edge, onRemove }: Props) {
  const t = useT();
  const { tree, view } = useFlowView();
  const step = edge && view.nodeById.get(edge.source);
  if (!edge || !step) return <span className="chip chip-open">{t('canvas.chip.open', { name: name ?? '' })}</span>;
  const output = step.outputs.find((property) => titleOf(property) === edge.output);
  return (
    <span className="chip">
      <StepIcon kind={kindOfNode(tree, step)} size={18} />
      <b>{t('canvas.chip.source', { step: step.name, output: edge.output })}</b>
      {output && <span className="faint">{typeInLine(output, t)}</span>}
      {onRemove && (
        <button
          type="button"
          aria-label={t('canvas.chip.remove', { step: step.name, output: edge.output })}
          onClick={onRemove}
        >
          <IconX size={12} stroke={2} />
        </button>
      )}
    </span>
  );
}
