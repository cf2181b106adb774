import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import { declare } from '../dataGestures.ts';
import { useCommands, useEditorPage, useGesture } from '../EditorContext.tsx';
import { placeOf, setIn } from '../gesture.ts';
import { LineField, Part } from './fields.tsx';
import { PropertyList } from './PropertyList.tsx';

/** "Start": what the flow is started with. */
export function SetUpStart({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  return (
    <Part title={t('canvas.start.inputs')}>
      <p className="faint">{t('canvas.start.help')}</p>
      <PropertyList
        properties={node.outputs}
        editable={editable}
        defaults
        newName={t('canvas.newValue')}
        addLabel={t('canvas.addInput')}
        onChange={(list, renamed) => {
          gesture(t('canvas.gesture.inputs', { name: node.name }), (draft) =>
            declare(draft, node.id, 'inputs', list, renamed),
          );
        }}
      />
    </Part>
  );
}

/** "End": what the flow answers, and the name of this ending. */
export function SetUpEnd({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  const run = useCommands();
  return (
    <>
      <Part title={t('canvas.end.outputs')}>
        <p className="faint">{t('canvas.end.help')}</p>
        <PropertyList
          properties={node.inputs}
          editable={editable}
          defaults
          newName={t('canvas.newValue')}
          addLabel={t('canvas.addOutput')}
          onChange={(list, renamed) => {
            gesture(t('canvas.gesture.outputs', { name: node.name }), (draft) =>
              declare(draft, node.id, 'outputs', list, renamed),
            );
          }}
        />
      </Part>
      <LineField
        label={t('canvas.end.branch')}
        description={t('canvas.end.branchHelp')}
        value={typeof node.component.branch_name === 'string' ? node.component.branch_name : 'next'}
        disabled={!editable}
        onCommit={(text) =>
          run(
            t('canvas.gesture.set', { name: node.name, field: t('canvas.end.branch') }),
            setIn(placeOf(node.component), 'branch_name', text.trim() || undefined),
          )
        }
      />
    </>
  );
}
