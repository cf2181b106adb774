import { ActionIcon, Select, Switch } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { type JsonObject, ownList, ownText } from '@rondo/shared/oas/json.ts';
import { acceptedTypes } from '@rondo/shared/oas/newComponent.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import { IconTrash } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { useCommands, useEditorPage, useFlowView } from '../EditorContext.tsx';
import { partOf, setIn } from '../gesture.ts';
import { ComponentForm } from './component/ComponentForm.tsx';
import { MoreSettings } from './component/MoreSettings.tsx';
import { TypeChoice } from './component/TypeChoice.tsx';
import { DeclaredValues } from './DeclaredValues.tsx';
import { Part } from './fields.tsx';
import type { WorkspaceTool } from './otherFlows.ts';
import { SetUpModel } from './SetUpModel.tsx';
import { TemplateField } from './TemplateField.tsx';
import { useWorkspaceTools } from './useWorkspaceTools.ts';

const agentTypes = acceptedTypes({ kind: 'component', of: ['agentic'] }).filter((name) => name !== 'Flow');
const shownAbove = ['llm_config', 'system_prompt', 'tools', 'human_in_the_loop'];

type Place = NonNullable<ReturnType<typeof partOf>>;

/** "Ask an agent": what it should do, its model, the tools that it may use, whom it may ask, what it hands in. */
export function SetUpAgent({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const agent = partOf(tree, node.component, 'agent');
  if (!agent) return <p className="faint">{t('canvas.partMissing')}</p>;
  const type = ownText(agent.value, 'component_type') ?? '';
  const kind = (
    <TypeChoice
      label={t('component.agentType')}
      help={{ words: 'fieldHelp.agent.type' }}
      types={agentTypes}
      place={agent}
      stepName={node.name}
    />
  );
  if (type !== 'Agent') {
    return (
      <>
        {kind}
        <ComponentForm place={agent} stepName={node.name} />
        <Part
          title={t('canvas.whatComesOut')}
          help={{ words: 'fieldHelp.outputs', example: 'fieldHelp.outputs.example' }}
        >
          <DeclaredValues node={node} side="outputs" />
        </Part>
      </>
    );
  }
  const human = agent.value.human_in_the_loop !== false;
  return (
    <>
      {kind}
      <TemplateField
        node={node}
        label={t('canvas.agent.prompt')}
        help={{ words: 'fieldHelp.agent.prompt', example: 'fieldHelp.agent.prompt.example' }}
        value={ownText(agent.value, 'system_prompt') ?? ''}
        rows={6}
        gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.agent.prompt') })}
        write={(draft, text) => {
          const now = draft.node(node.id);
          const place = now && partOf(draft.tree, now.component, 'agent');
          if (place) draft.run(setIn(place, 'system_prompt', text));
        }}
      />
      <SetUpModel owner={agent.value} name={node.name} />
      <Tools node={node} agent={agent} />
      <Part
        title={t('canvas.whatComesOut')}
        help={{ words: 'fieldHelp.outputs', example: 'fieldHelp.outputs.example' }}
      >
        <p className="faint">{t('canvas.agent.outputsHelp')}</p>
        <DeclaredValues node={node} side="outputs" />
        {!human && node.outputs.length === 0 && (
          <p className="faint" role="status">
            {t('canvas.agent.needOutputs')}
          </p>
        )}
      </Part>
      <Switch
        label={t('canvas.agent.human')}
        description={t('canvas.agent.humanHelp')}
        checked={human}
        disabled={!editable}
        onChange={(event) =>
          run(
            t('canvas.gesture.set', { name: node.name, field: t('canvas.agent.human') }),
            setIn(agent, 'human_in_the_loop', event.currentTarget.checked),
          )
        }
      />
      <MoreSettings place={agent} stepName={node.name} skip={shownAbove} />
    </>
  );
}

function Tools({ node, agent }: { node: NodeView; agent: Place }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const workspace = useWorkspaceTools();
  const list = ownList(agent.value, 'tools');
  const names = list.map((tool) => ownText(resolveReference(tree, tool) ?? {}, 'name') ?? '');
  const set = (next: typeof list) =>
    run(t('canvas.gesture.set', { name: node.name, field: t('canvas.agent.tools') }), setIn(agent, 'tools', next));
  const free = (workspace.data ?? []).filter((tool) => !names.includes(tool.name));
  return (
    <Part title={t('canvas.agent.tools')} help={{ words: 'fieldHelp.agent.tools' }}>
      {list.length === 0 && <p className="faint">{t('canvas.agent.noTools')}</p>}
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two tools may have one name, and a row holds no state
        <div key={`${index} ${name}`} className="property-main">
          <span className="mono">{name}</span>
          {editable && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('canvas.agent.removeTool', { name })}
              onClick={() => set(list.toSpliced(index, 1))}
            >
              <IconTrash size={15} stroke={1.75} />
            </ActionIcon>
          )}
        </div>
      ))}
      {editable && (
        <Select
          aria-label={t('canvas.agent.addTool')}
          placeholder={t('canvas.agent.addTool')}
          searchable
          data={free.map((tool) => tool.name)}
          value={null}
          nothingFoundMessage={t('canvas.tool.none')}
          onChange={(name) => {
            const tool = free.find((one) => one.name === name);
            if (tool) set([...list, serverTool(tool)]);
          }}
        />
      )}
    </Part>
  );
}

/** A tool of the workspace as documents hold it: by name, with what goes in and out. */
function serverTool({ name, description, inputs, outputs }: WorkspaceTool): JsonObject {
  return {
    component_type: 'ServerTool',
    id: crypto.randomUUID(),
    name,
    description: description || null,
    metadata: {},
    inputs,
    outputs,
    requires_confirmation: false,
  };
}
