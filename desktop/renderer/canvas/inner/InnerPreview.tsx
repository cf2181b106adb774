import { openFlow } from '@rondo/shared/oas/flow.ts';
import { IconArrowRight, IconArrowsDiagonal } from '@tabler/icons-react';
import { NodeToolbar, Position } from '@xyflow/react';
import { useMemo } from 'react';
import { useT } from '../../messages/useT.ts';
import { useEditor, useEditorPage, useStepView } from '../EditorContext.tsx';
import { StepIcon } from '../StepIcon.tsx';
import { kindOfNode } from '../steps.ts';
import { openInner } from '../ui.ts';
import { innerFlows } from './innerFlows.ts';
import './inner.css';

const shownSteps = 5;

/** Under a step that holds flows, when it is the only one selected: what is in them, in small, and a way in. */
export function InnerPreview({ id }: { id: string }) {
  const t = useT();
  const { ui } = useEditorPage();
  const tree = useEditor((state) => state.tree);
  const node = useStepView(id);
  const flows = useMemo(() => {
    if (!node) return [];
    return innerFlows(tree, node.component).map((flow) => {
      const { nodes } = openFlow(tree, flow.id);
      const steps = nodes.filter(({ type }) => type !== 'StartNode' && type !== 'EndNode');
      return { ...flow, steps: steps.map((step) => ({ id: step.id, name: step.name, kind: kindOfNode(tree, step) })) };
    });
  }, [tree, node]);
  if (flows.length === 0) return null;
  return (
    <NodeToolbar position={Position.Bottom} offset={12} className="inner-preview">
      {flows.map((flow) => (
        <section key={flow.id} aria-label={t('canvas.inner.label', { name: flow.name })}>
          <header>
            <b>{flow.name}</b>
            <button
              type="button"
              aria-label={t('canvas.subflow.openNamed', { name: flow.name })}
              onClick={() => openInner(ui, flow.id)}
            >
              <IconArrowsDiagonal size={15} stroke={1.75} aria-hidden="true" />
              {t('canvas.subflow.open')}
            </button>
          </header>
          {flow.steps.length === 0 ? (
            <p className="faint">{t('canvas.inner.empty')}</p>
          ) : (
            <ol>
              {flow.steps.slice(0, shownSteps).map((step, index) => (
                <li key={step.id} title={step.name}>
                  {index > 0 && <IconArrowRight size={13} stroke={1.75} aria-hidden="true" />}
                  <StepIcon kind={step.kind} size={24} />
                  <span>{step.name}</span>
                </li>
              ))}
              {flow.steps.length > shownSteps && (
                <li>{t('canvas.inner.more', { count: flow.steps.length - shownSteps })}</li>
              )}
            </ol>
          )}
        </section>
      ))}
    </NodeToolbar>
  );
}
