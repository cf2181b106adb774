import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useMemo } from 'react';
import { useT } from '../../../messages/useT.ts';
import { sourcesOf } from '../../dataGestures.ts';
import { useFlowView } from '../../EditorContext.tsx';
import { titleOf } from '../../gesture.ts';
import { useLastValues } from '../../useLastValues.ts';
import { typeName } from '../types.ts';
import type { ChipLook, LookOf } from './chips.ts';

/** How the placeholders of a step's texts are shown: step and output; type and last real value beside it. */
export function useChipLooks(node: NodeView): LookOf {
  const t = useT();
  const { view } = useFlowView();
  const last = useLastValues();
  const looks = useMemo(() => {
    const byName: Record<string, ChipLook> = {};
    for (const input of node.inputs) {
      const name = titleOf(input);
      const edge = sourcesOf(view, node.id, name).at(-1);
      const step = edge && view.nodeById.get(edge.source);
      if (!edge || !step) continue;
      const output = step.outputs.find((property) => titleOf(property) === edge.output);
      const value = last.outputText(step.id, edge.output);
      byName[name] = {
        words: t('canvas.chip.source', { step: step.name, output: edge.output }),
        open: false,
        about: [
          t('canvas.chip.about', { step: step.name, output: edge.output, type: typeName(output ?? {}, t) }),
          value ? t('canvas.data.last', { value }) : t('canvas.chip.noLast'),
        ],
      };
    }
    return byName;
  }, [node.id, node.inputs, view, last, t]);
  // chips are drawn anew only when what they say changes, not with each change of the document
  const key = JSON.stringify(looks);
  return useMemo((): LookOf => {
    const known: Record<string, ChipLook> = JSON.parse(key);
    return (name) =>
      Object.hasOwn(known, name)
        ? (known[name] as ChipLook)
        : {
            words: t('canvas.chip.openName', { name }),
            open: true,
            about: [t('canvas.chip.open', { name }), t('canvas.chip.openHelp')],
          };
  }, [key, t]);
}
