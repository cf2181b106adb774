import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { isObject, ownText } from '@rondo/shared/oas/json.ts';
import { acceptedTypes } from '@rondo/shared/oas/newComponent.ts';
import { useT } from '../../messages/useT.ts';
import { useCommands, useEditorPage, useFlowView } from '../EditorContext.tsx';
import type { Place } from '../gesture.ts';
import { partOf, setIn } from '../gesture.ts';
import { ComponentForm } from './component/ComponentForm.tsx';
import { MoreSettings } from './component/MoreSettings.tsx';
import { TypeChoice } from './component/TypeChoice.tsx';
import { AreaField, LineField } from './fields.tsx';
import { FormulaField } from './formula/FormulaField.tsx';
import { ScriptField } from './formula/ScriptField.tsx';
import { SetUpWebService } from './SetUpWebService.tsx';
import { SetUpWorkspaceTool } from './SetUpWorkspaceTool.tsx';
import { ToolValues } from './ToolValues.tsx';

const toolTypes = acceptedTypes({ kind: 'component', of: ['tool'] });
/** What the form of a tool shows at once, and what it shows under "more". */
const shownAbove = ['client_transport', 'tool_type', 'configuration'];
const shownBelow = ['requires_confirmation', 'retry_policy', 'executor_name', 'tool_version'];

/** "Formula" and "Script": the text, which may use the inputs by their names, and what comes out. */
export function SetUpCode({ node, field }: { node: NodeView; field: 'expression' | 'code' }) {
  const t = useT();
  const { tree } = useFlowView();
  const run = useCommands();
  const tool = partOf(tree, node.component, 'tool');
  if (!tool) return <p className="faint">{t('canvas.partMissing')}</p>;
  const configuration = isObject(tool.value.configuration) ? tool.value.configuration : {};
  const text = configuration[field];
  const label = t(field === 'expression' ? 'canvas.code.formula' : 'canvas.code.script');
  const Field = field === 'expression' ? FormulaField : ScriptField;
  return (
    <>
      <Field
        node={node}
        label={label}
        value={typeof text === 'string' ? text : ''}
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

/** "Use a tool": one of this workspace, a web service, one of an MCP server, or one that is built into the runtime. */
export function SetUpTool({ node }: { node: NodeView }) {
  const t = useT();
  const { tree } = useFlowView();
  const tool = partOf(tree, node.component, 'tool');
  if (!tool) return <p className="faint">{t('canvas.partMissing')}</p>;
  const type = ownText(tool.value, 'component_type') ?? '';
  return (
    <>
      <TypeChoice
        label={t('component.toolType')}
        help={{ words: 'fieldHelp.tool.type' }}
        types={toolTypes}
        place={tool}
        stepName={node.name}
      />
      {type === 'RemoteTool' && <SetUpWebService node={node} />}
      {type === 'ServerTool' && <SetUpWorkspaceTool node={node} tool={tool} />}
      {type !== 'RemoteTool' && type !== 'ServerTool' && <NamedTool node={node} tool={tool} />}
      {type !== 'RemoteTool' && <MoreSettings place={tool} stepName={node.name} skip={shownAbove} />}
    </>
  );
}

interface ToolProps {
  node: NodeView;
  tool: Place;
}

/** A tool that its name and its own fields tell all about. */
function NamedTool({ node, tool }: ToolProps) {
  const t = useT();
  const { editable } = useEditorPage();
  const run = useCommands();
  const set = (field: string) => (text: string) =>
    run(t('canvas.gesture.set', { name: node.name, field: t('canvas.tool.name') }), setIn(tool, field, text));
  return (
    <>
      <LineField
        label={t('canvas.tool.name')}
        help={{ words: 'fieldHelp.tool.name' }}
        value={typeof tool.value.name === 'string' ? tool.value.name : ''}
        disabled={!editable}
        onCommit={(text) => text.trim() && set('name')(text.trim())}
      />
      <AreaField
        label={t('canvas.tool.description')}
        help={{ words: 'fieldHelp.tool.description' }}
        value={typeof tool.value.description === 'string' ? tool.value.description : ''}
        disabled={!editable}
        rows={2}
        onCommit={set('description')}
      />
      <ComponentForm place={tool} stepName={node.name} skip={shownBelow} />
      <ToolValues node={node} />
    </>
  );
}
