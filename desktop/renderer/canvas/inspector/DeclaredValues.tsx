import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useT } from '../../messages/useT.ts';
import { declare } from '../dataGestures.ts';
import { useEditorPage, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { PropertyList } from './PropertyList.tsx';

interface Props {
  node: NodeView;
  side: 'inputs' | 'outputs';
  /** those that are listed, where they are not the node's own of that side */
  properties?: JsonObject[];
  defaults?: boolean;
  /** their number and types are given */
  fixed?: boolean;
  /** what belongs into the same gesture */
  also?: (draft: GestureDraft, renamed: { from: string; to: string }[] | undefined) => void;
}

/** The inputs or outputs of a step, to be changed: each change is one gesture, which renames what refers to them. */
export function DeclaredValues({ node, side, properties, defaults, fixed, also }: Props) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  return (
    <PropertyList
      properties={properties ?? node[side]}
      editable={editable && !fixed}
      defaults={defaults ?? false}
      newName={t('canvas.newValue')}
      addLabel={t(side === 'inputs' ? 'canvas.addInput' : 'canvas.addOutput')}
      onChange={(list, renamed) => {
        const name = t(side === 'inputs' ? 'canvas.gesture.inputs' : 'canvas.gesture.outputs', { name: node.name });
        gesture(name, (draft) => {
          declare(draft, node.id, side, list, renamed);
          also?.(draft, renamed);
        });
      }}
    />
  );
}
