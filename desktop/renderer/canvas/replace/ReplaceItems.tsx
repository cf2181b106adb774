import { Menu } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import { useFlowView, useGesture } from '../EditorContext.tsx';
import { StepIcon } from '../StepIcon.tsx';
import { kindOfNode } from '../steps.ts';
import { replaceableKinds } from './replaceableKinds.ts';
import { replaceStep } from './replaceStep.ts';

/** The kinds that a step can be replaced by, as entries of a menu. */
export function ReplaceItems({ node, item: Item = Menu.Item }: { node: NodeView; item?: typeof Menu.Item }) {
  const t = useT();
  const { tree } = useFlowView();
  const gesture = useGesture();
  return replaceableKinds(kindOfNode(tree, node)).map((kind) => (
    <Item
      key={kind}
      leftSection={<StepIcon kind={kind} size={24} />}
      onClick={() =>
        gesture(t('canvas.gesture.replace', { name: node.name, kind: t(`canvas.kind.${kind}`) }), (draft) =>
          replaceStep(draft, node.id, kind),
        )
      }
    >
      {t(`canvas.kind.${kind}`)}
    </Item>
  ));
}
