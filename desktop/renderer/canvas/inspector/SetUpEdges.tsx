import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import { useCommands, useEditorPage } from '../EditorContext.tsx';
import { placeOf, setIn } from '../gesture.ts';
import { DeclaredValues } from './DeclaredValues.tsx';
import { LineField, Part } from './fields.tsx';

/** "Start": what the flow is started with. */
export function SetUpStart({ node }: { node: NodeView }) {
  const t = useT();
  return (
    <Part
      title={t('canvas.start.inputs')}
      help={{ words: 'fieldHelp.start.inputs', example: 'fieldHelp.start.inputs.example' }}
    >
      <p className="faint">{t('canvas.start.help')}</p>
      <DeclaredValues node={node} side="inputs" properties={node.outputs} defaults />
    </Part>
  );
}

/** "End": what the flow answers, and the name of this ending. */
export function SetUpEnd({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const run = useCommands();
  return (
    <>
      <Part
        title={t('canvas.end.outputs')}
        help={{ words: 'fieldHelp.end.outputs', example: 'fieldHelp.end.outputs.example' }}
      >
        <p className="faint">{t('canvas.end.help')}</p>
        <DeclaredValues node={node} side="outputs" properties={node.inputs} defaults />
      </Part>
      <LineField
        label={t('canvas.end.branch')}
        help={{ words: 'fieldHelp.end.branch', example: 'fieldHelp.end.branch.example' }}
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
