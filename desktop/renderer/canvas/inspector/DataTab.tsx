import { Button, Switch } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { IconArrowRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { addValue, declarationOf, feed, sourcesOf, unfeed } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture, useUi } from '../EditorContext.tsx';
import { titleOf } from '../gesture.ts';
import { showStep } from '../ui.ts';
import { useLastValues } from '../useLastValues.ts';
import { Part } from './fields.tsx';
import { SourceChip } from './SourceChip.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { typeName } from './types.ts';

/** Every input with the place its value comes from, every output with the steps that use it. */
export function DataTab({ node }: { node: NodeView }) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const { tree, view } = useFlowView();
  const gesture = useGesture();
  const last = useLastValues();
  const allData = useUi((state) => state.allData);
  const [adding, setAdding] = useState(false);
  const isStart = node.type === 'StartNode';
  const canAdd =
    editable && !isStart && declarationOf(tree, node, 'inputs') !== undefined && node.type !== 'BranchingNode';
  return (
    <>
      {!isStart && (
        <Part
          title={t('canvas.whatGoesIn')}
          action={
            canAdd && (
              <SourcePicker
                node={node}
                opened={adding}
                onClose={() => setAdding(false)}
                onPick={(source) => {
                  gesture(t('canvas.gesture.addValue', { name: node.name, value: source.output }), (draft) =>
                    addValue(draft, node.id, source, source.output),
                  );
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
        <Part title={t('canvas.whatComesOut')}>
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
                  <b>{title}</b> <span className="faint">{typeName(property, t)}</span>
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
        <Switch
          labelPosition="left"
          label={t('canvas.data.allLines')}
          checked={allData}
          onChange={(event) => ui.setState({ allData: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}

function InputRow({ node, property }: { node: NodeView; property: JsonObject }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { view } = useFlowView();
  const gesture = useGesture();
  const last = useLastValues();
  const [picking, setPicking] = useState(false);
  const title = titleOf(property);
  const sources = sourcesOf(view, node.id, title);
  const value = last.inputText(node.id, title);
  const words =
    sources.length > 0
      ? t('canvas.data.change')
      : property.default !== undefined
        ? t('canvas.data.usesDefault', { value: JSON.stringify(property.default) })
        : t('canvas.data.choose');
  return (
    <div className="input-row">
      <div className="input-row-head">
        <b>{title}</b>
        <span className="faint">{typeName(property, t)}</span>
      </div>
      <SourcePicker
        node={node}
        opened={picking}
        onClose={() => setPicking(false)}
        onPick={(source) => {
          gesture(t('canvas.gesture.feed', { name: node.name, input: title, output: source.output }), (draft) =>
            feed(draft, node.id, title, source),
          );
        }}
      >
        <div className="source-box">
          {sources.map((edge) => (
            <SourceChip
              key={edge.id}
              edge={edge}
              {...(editable
                ? {
                    onRemove: () =>
                      gesture(t('canvas.gesture.unfeed', { name: node.name, input: title }), (draft) =>
                        unfeed(draft, edge),
                      ),
                  }
                : {})}
            />
          ))}
          {editable && (
            <button
              type="button"
              className="source-open"
              onClick={() => setPicking(true)}
              aria-label={t('canvas.data.wordsFor', { words, input: title })}
            >
              {words}
            </button>
          )}
        </div>
      </SourcePicker>
      {value && <p className="faint">{t('canvas.data.last', { value })}</p>}
    </div>
  );
}
