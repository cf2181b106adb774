import { Button, Select } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { copyOf } from '@rondo/shared/oas/freshIds.ts';
import { outputsOf } from '@rondo/shared/oas/inference.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import { IconArrowRight } from '@tabler/icons-react';
import { useContext } from 'react';
import { useT } from '../../messages/useT.ts';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { settleInputs } from '../dataGestures.ts';
import { useCommands, useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import { placeOf, setIn, setRondo, titleOf } from '../gesture.ts';
import type { StepKind } from '../stepKinds.ts';
import { Part } from './fields.tsx';
import { OtherFlowsContext } from './otherFlows.ts';

const reducers = ['append', 'sum', 'average', 'max', 'min'];

/** Steps that hold another flow: which one, and for "for each" how the answers are put together. */
export function SetUpSubflow({ node, kind }: { node: NodeView; kind: StepKind }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const raw = kind === 'parallel' ? node.component.subflows : [node.component.subflow];
  const flows = (Array.isArray(raw) ? raw : []).flatMap((item) => {
    const flow = isObject(item) ? (resolveReference(tree, item) ?? item) : undefined;
    return flow?.component_type === 'Flow' ? [flow] : [];
  });
  return (
    <>
      <Part title={t('canvas.subflow.title')} help={{ words: 'fieldHelp.subflow' }}>
        {flows.map((flow) => (
          <Subflow key={String(flow.id)} flow={flow} />
        ))}
        {flows.length === 0 && <p className="faint">{t('canvas.summary.noFlow')}</p>}
        {editable && (
          <Chooser
            node={node}
            kind={kind}
            flows={Array.isArray(node.component.subflows) ? node.component.subflows : []}
          />
        )}
      </Part>
      {kind === 'eachParallel' && <Concurrency node={node} />}
      {(kind === 'each' || kind === 'eachParallel') && flows[0] && <Reducers node={node} flow={flows[0]} />}
    </>
  );
}

/** How many items are worked on at once. */
function Concurrency({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const run = useCommands();
  const { concurrency } = node.rondo;
  const label = t('canvas.concurrency');
  return (
    <NumberField
      label={label}
      description={t('canvas.concurrencyHelp')}
      placeholder="20"
      value={typeof concurrency === 'number' ? concurrency : undefined}
      optional
      min={1}
      max={1000}
      disabled={!editable}
      onCommit={(value) =>
        run(
          t('canvas.gesture.set', { name: node.name, field: label }),
          setRondo(placeOf(node.component), 'concurrency', value),
        )
      }
    />
  );
}

function Subflow({ flow }: { flow: JsonObject }) {
  const t = useT();
  const { ui } = useEditorPage();
  const name = String(flow.name ?? '');
  return (
    <div className="form-field-row">
      <b style={{ flex: 1 }}>{name}</b>
      {typeof flow.id === 'string' && (
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<IconArrowRight size={14} />}
          aria-label={t('canvas.subflow.openNamed', { name })}
          onClick={() => ui.setState({ flow: String(flow.id), selection: [], edges: [] })}
        >
          {t('canvas.subflow.open')}
        </Button>
      )}
    </div>
  );
}

/** Puts a copy of another flow of the workspace into this document, so that the document stays whole by itself. */
function Chooser({ node, kind, flows }: { node: NodeView; kind: StepKind; flows: Json[] }) {
  const t = useT();
  const { flowId } = useEditorPage();
  const gesture = useGesture();
  const others = useContext(OtherFlowsContext);
  const choose = async (id: string | null) => {
    if (!id) return;
    const chosen = await others.load(id);
    if (!chosen) return;
    const copy = copyOf(chosen);
    gesture(t('canvas.gesture.subflow', { name: node.name, flow: String(chosen.name ?? '') }), (draft) => {
      const place = placeOf(node.component);
      if (kind === 'parallel') draft.run(setIn(place, 'subflows', [...flows, copy]));
      else draft.run(setIn(place, 'subflow', copy));
      settleInputs(draft, node.id);
    });
  };
  return (
    <FlowSelect
      label={kind === 'parallel' ? t('canvas.subflow.add') : t('canvas.subflow.choose')}
      field={{ description: t('canvas.subflow.help') }}
      placeholder={t('canvas.subflow.placeholder')}
      none={t('canvas.subflow.none')}
      without={[flowId]}
      value={null}
      onChange={(id) => void choose(id)}
    />
  );
}

function Reducers({ node, flow }: { node: NodeView; flow: JsonObject }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  const chosen = isObject(node.component.reducers) ? node.component.reducers : undefined;
  return (
    <Part title={t('canvas.reducers.title')} help={{ words: 'fieldHelp.reducers' }}>
      {outputsOf(tree, flow).map((output) => {
        const title = titleOf(output);
        return (
          <Select
            key={title}
            label={title}
            disabled={!editable}
            data={[
              ...reducers.map((value) => ({ value, label: t(`canvas.reducers.${value as 'append'}`) })),
              { value: 'none', label: t('canvas.reducers.none') },
            ]}
            value={chosen ? String(chosen[title] ?? 'none') : 'append'}
            allowDeselect={false}
            onChange={(value) => {
              if (!value) return;
              const all =
                chosen ?? Object.fromEntries(outputsOf(tree, flow).map((other) => [titleOf(other), 'append']));
              const { [title]: _old, ...rest } = all;
              gesture(t('canvas.gesture.set', { name: node.name, field: title }), (draft) => {
                draft.run(
                  setIn(placeOf(node.component), 'reducers', value === 'none' ? rest : { ...rest, [title]: value }),
                );
                settleInputs(draft, node.id);
              });
            }}
          />
        );
      })}
    </Part>
  );
}
