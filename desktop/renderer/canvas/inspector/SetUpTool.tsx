import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { useT } from '../../messages/useT.ts';
import { declare } from '../dataGestures.ts';
import { useCommands, useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import { partOf, setIn, titleOf } from '../gesture.ts';
import { AreaField, LineField, Part } from './fields.tsx';
import { PropertyList } from './PropertyList.tsx';
import { SetUpWebService } from './SetUpWebService.tsx';

/** "Formula" and "Script": the text, which may use the inputs by their names, and what comes out. */
export function SetUpCode({ node, field }: { node: NodeView; field: 'expression' | 'code' }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const tool = partOf(tree, node.component, 'tool');
  if (!tool) return <p className="faint">{t('canvas.partMissing')}</p>;
  const configuration = isObject(tool.value.configuration) ? tool.value.configuration : {};
  const text = configuration[field];
  const label = t(field === 'expression' ? 'canvas.code.formula' : 'canvas.code.script');
  const names = node.inputs.map(titleOf).join(', ');
  return (
    <>
      <AreaField
        label={label}
        description={names ? t('canvas.code.mayUse', { names }) : t('canvas.code.noInputs')}
        mono
        rows={field === 'code' ? 8 : 3}
        value={typeof text === 'string' ? text : ''}
        disabled={!editable}
        onCommit={(next) =>
          run(
            t('canvas.gesture.set', { name: node.name, field: label }),
            setIn(tool, 'configuration', { ...configuration, [field]: next }),
          )
        }
      />
      <ToolValues node={node} />
    </>
  );
}

/** "Use a tool": a tool that another system or an extension gives. */
export function SetUpTool({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const tool = partOf(tree, node.component, 'tool');
  if (!tool) return <p className="faint">{t('canvas.partMissing')}</p>;
  if (tool.value.component_type === 'RemoteTool') return <SetUpWebService node={node} />;
  const set = (field: string) => (text: string) =>
    run(t('canvas.gesture.set', { name: node.name, field: t('canvas.tool.name') }), setIn(tool, field, text));
  return (
    <>
      <p className="faint">{t('canvas.tool.kind', { type: String(tool.value.component_type ?? '') })}</p>
      <LineField
        label={t('canvas.tool.name')}
        value={typeof tool.value.name === 'string' ? tool.value.name : ''}
        disabled={!editable}
        onCommit={(text) => text.trim() && set('name')(text.trim())}
      />
      <AreaField
        label={t('canvas.tool.description')}
        value={typeof tool.value.description === 'string' ? tool.value.description : ''}
        disabled={!editable}
        rows={2}
        onCommit={set('description')}
      />
      <ToolValues node={node} />
    </>
  );
}

/** What goes into a tool and what comes out of it. */
export function ToolValues({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  return (
    <>
      <Part title={t('canvas.whatGoesIn')}>
        <PropertyList
          properties={node.inputs}
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
      <Part title={t('canvas.whatComesOut')}>
        <PropertyList
          properties={node.outputs}
          editable={editable}
          newName={t('canvas.newValue')}
          addLabel={t('canvas.addOutput')}
          onChange={(list, renamed) => {
            gesture(t('canvas.gesture.outputs', { name: node.name }), (draft) =>
              declare(draft, node.id, 'outputs', list, renamed),
            );
          }}
        />
      </Part>
    </>
  );
}
