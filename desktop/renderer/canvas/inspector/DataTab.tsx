import { Button, Switch } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { IconArrowRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { addValue, declarationOf } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture, useUi } from '../EditorContext.tsx';
import { titleOf } from '../gesture.ts';
import { showStep } from '../ui.ts';
import { useLastValues } from '../useLastValues.ts';
import { Part } from './fields.tsx';
import { Suggestions } from './fit/Suggestions.tsx';
import { InputRow } from './InputRow.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { typeInLine } from './types.ts';
import { useTakeValue } from './useTakeValue.ts';

/** Every input with the place its value comes from, every output with the steps that use it. */
export function DataTab({ node }: { node: NodeView }) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const { tree, view } = useFlowView();
  const gesture = useGesture();
  const take = useTakeValue();
  const last = useLastValues();
  const allData = useUi((state) => state.allData);
  const [adding, setAdding] = useState(false);
  const isStart = node.type === 'StartNode';
  const canAdd =
    editable && !isStart && declarationOf(tree, node, 'inputs') !== undefined && node.type !== 'BranchingNode';
  return (
    <>
      <Suggestions node={node} />
      {!isStart && (
        <Part
          title={t('canvas.whatGoesIn')}
          help={{ words: 'fieldHelp.data.inputs' }}
          action={
            canAdd && (
              <SourcePicker
                node={node}
                opened={adding}
                onClose={() => setAdding(false)}
                onPick={(picked) => {
                  gesture(t('canvas.gesture.addValue', { name: node.name, value: picked.output }), (draft) => {
                    const source = take(draft, node.id, picked);
                    addValue(draft, node.id, source, source.output);
                  });
                }}
              >
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconPlus size={14} />}
                  onClick={() => setAdding(true)}
                >
                  {t('canvas.addValue')}
                </Button>
              </SourcePicker>
            )
          }
        >
          {node.inputs.map((property) => (
            <InputRow key={titleOf(property)} node={node} property={property} />
          ))}
          {node.inputs.length === 0 && <p className="faint">{t('canvas.data.noInputs')}</p>}
        </Part>
      )}
      {node.type !== 'EndNode' && (
        <Part title={t('canvas.whatComesOut')} help={{ words: 'fieldHelp.data.outputs' }}>
          {node.outputs.map((property) => {
            const title = titleOf(property);
            const users = [
              ...new Set(
                view.dataEdges
                  .filter((edge) => edge.source === node.id && edge.output === title)
                  .map((edge) => edge.destination),
              ),
            ];
            return (
              <div className="output-row" key={title}>
                <div>
                  <b>{title}</b> <span className="faint">{typeInLine(property, t)}</span>
                  {last.outputText(node.id, title) && (
                    <p className="faint">{t('canvas.data.last', { value: last.outputText(node.id, title) })}</p>
                  )}
                </div>
                <div className="output-users">
                  {users.length === 0 && <span className="faint">{t('canvas.data.unused')}</span>}
                  {users.map((user) => (
                    <button key={user} type="button" onClick={() => showStep(ui, user)}>
                      <IconArrowRight size={13} aria-hidden="true" /> {view.nodeById.get(user)?.name ?? user}
                    </button>
                  ))}
                </div>
              </div>
            );
          })}
          {node.outputs.length === 0 && <p className="faint">{t('canvas.data.noOutputs')}</p>}
        </Part>
      )}
      <div className="inspector-switch">
        <WithHelp label={t('canvas.data.allLines')} help={{ words: 'fieldHelp.data.allLines' }}>
          <Switch
            labelPosition="left"
            label={t('canvas.data.allLines')}
            checked={allData}
            onChange={(event) => ui.setState({ allData: event.currentTarget.checked })}
          />
        </WithHelp>
      </div>
    </>
  );
}
