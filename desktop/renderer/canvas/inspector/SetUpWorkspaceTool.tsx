import { Anchor, Button, Select } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { Link } from 'wouter';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { declare } from '../dataGestures.ts';
import { useEditorPage, useGesture } from '../EditorContext.tsx';
import { type partOf, setIn } from '../gesture.ts';
import type { WorkspaceTool } from './otherFlows.ts';
import { ToolValues } from './ToolValues.tsx';
import { useWorkspaceTools } from './useWorkspaceTools.ts';

interface Props {
  node: NodeView;
  tool: NonNullable<ReturnType<typeof partOf>>;
}

/** "Use a tool" by the name that it has in the workspace; what goes in and out is the tool's. */
export function SetUpWorkspaceTool({ node, tool }: Props) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  const list = useWorkspaceTools();
  const name = typeof tool.value.name === 'string' ? tool.value.name : '';
  const chosen = list.data?.find((one) => one.name === name);
  const take = (next: WorkspaceTool) => {
    gesture(t('canvas.gesture.set', { name: node.name, field: t('canvas.tool.choose') }), (draft) => {
      draft.run(setIn(tool, 'name', next.name), setIn(tool, 'description', next.description || null));
      declare(draft, node.id, 'inputs', next.inputs);
      declare(draft, node.id, 'outputs', next.outputs);
    });
  };
  const differs =
    chosen &&
    (JSON.stringify(node.inputs) !== JSON.stringify(chosen.inputs) ||
      JSON.stringify(node.outputs) !== JSON.stringify(chosen.outputs));
  return (
    <>
      <WithHelp label={t('canvas.tool.choose')} help={{ words: 'fieldHelp.tool.choose' }}>
        <Select
          label={t('canvas.tool.choose')}
          placeholder={t('canvas.tool.placeholder')}
          searchable
          allowDeselect={false}
          disabled={!editable}
          data={(list.data ?? []).map((one) => one.name)}
          value={chosen?.name ?? null}
          nothingFoundMessage={t('canvas.tool.none')}
          error={list.isSuccess && name !== '' && !chosen ? t('canvas.tool.gone', { name }) : undefined}
          onChange={(next) => {
            const found = list.data?.find((one) => one.name === next);
            if (found) take(found);
          }}
        />
      </WithHelp>
      {chosen?.description && <p className="faint">{chosen.description}</p>}
      <Anchor component={Link} href="/library" size="sm">
        {t('canvas.tool.library')}
      </Anchor>
      {differs && (
        <>
          <p className="faint" role="status">
            {t('canvas.tool.changed')}
          </p>
          {editable && (
            <div className="button-row">
              <Button variant="default" size="compact-sm" onClick={() => take(chosen)}>
                {t('canvas.tool.take')}
              </Button>
            </div>
          )}
        </>
      )}
      <ToolValues node={node} />
    </>
  );
}
