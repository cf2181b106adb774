import { Anchor, Button, Checkbox } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useQuery } from '@tanstack/react-query';
import { useContext } from 'react';
import { Link } from 'wouter';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { configurationOf } from '../componentParts.ts';
import { declare } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { partOf } from '../gesture.ts';
import { configure } from './configuration.ts';
import type { FlowShape, PublishedFlow } from './otherFlows.ts';
import { OtherFlowsContext } from './otherFlows.ts';
import { PublishedFlowField, usePublishedFlow } from './PublishedFlowField.tsx';

/** "Run another published flow": which one; its inputs and outputs become those of the step. */
export function SetUpRunFlow({ node }: { node: NodeView }) {
  const t = useT();
  const { editable, flowId } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  const others = useContext(OtherFlowsContext);
  const configuration = configurationOf(tree, node.component);
  const slug = typeof configuration.flow === 'string' ? configuration.flow : '';
  const detached = configuration.detached === true;
  const chosen = usePublishedFlow(slug, flowId);
  const shape = useQuery({
    queryKey: ['canvas', 'publishedShape', chosen?.id, chosen?.number],
    queryFn: async () => (chosen ? ((await others.shape(chosen)) ?? null) : null),
    enabled: Boolean(chosen),
  });
  if (!partOf(tree, node.component, 'tool')) return <p className="faint">{t('canvas.partMissing')}</p>;
  const choose = (flow: PublishedFlow, taken: FlowShape) => {
    gesture(t('canvas.gesture.subflow', { name: node.name, flow: flow.name }), (draft) => {
      configure(draft, node.id, { flow: flow.slug });
      takeShape(draft, node.id, taken, detached);
    });
  };
  const take = (next: boolean) => {
    gesture(t('canvas.gesture.subflow', { name: node.name, flow: chosen?.name ?? slug }), (draft) => {
      configure(draft, node.id, { detached: next ? true : undefined });
      if (shape.data) takeShape(draft, node.id, shape.data, next);
    });
  };
  const differs = shape.data && !sameShape(node, shape.data, detached);
  return (
    <>
      <PublishedFlowField flow={slug} without={flowId} disabled={!editable} shapeOf={others.shape} onChoose={choose} />
      {chosen && (
        <Anchor component={Link} href={`/flows/${chosen.id}`} size="sm">
          {t('canvas.runFlow.open')}
        </Anchor>
      )}
      <WithHelp label={t('canvas.runFlow.detached')} help={{ words: 'fieldHelp.runFlow.detached' }}>
        <Checkbox
          label={t('canvas.runFlow.detached')}
          checked={detached}
          disabled={!editable}
          onChange={(event) => take(event.currentTarget.checked)}
        />
      </WithHelp>
      {differs ? (
        <>
          <p className="faint" role="status">
            {t('canvas.runFlow.changed')}
          </p>
          {editable && (
            <div className="button-row">
              <Button variant="default" size="compact-sm" onClick={() => take(detached)}>
                {t('canvas.runFlow.take')}
              </Button>
            </div>
          )}
        </>
      ) : (
        node.inputs.length > 0 && <p className="faint">{t('canvas.runFlow.feed')}</p>
      )}
    </>
  );
}

/** A step that does not wait for the run's end gives the run's id only. */
function outputsOfShape(shape: FlowShape, detached: boolean): JsonObject[] {
  return detached ? [{ title: 'run_id', type: 'string' }] : shape.outputs;
}

function takeShape(draft: GestureDraft, nodeId: string, shape: FlowShape, detached: boolean): void {
  declare(draft, nodeId, 'inputs', shape.inputs);
  declare(draft, nodeId, 'outputs', outputsOfShape(shape, detached));
}

function sameShape(node: NodeView, shape: FlowShape, detached: boolean): boolean {
  return (
    JSON.stringify(node.inputs) === JSON.stringify(shape.inputs) &&
    JSON.stringify(node.outputs) === JSON.stringify(outputsOfShape(shape, detached))
  );
}
