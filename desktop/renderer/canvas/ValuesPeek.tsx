import type { Json } from '@rondo/shared/oas/json.ts';
import type { StepView } from '@rondo/shared/runs/fold.ts';
import { NodeToolbar, Position, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { errorWords } from '../messages/journalWords.ts';
import { useT } from '../messages/useT.ts';
import { useMarks } from './marks.ts';
import { shortText } from './shortText.ts';
import './peek.css';

/** Only so many values are shown beside a card; the inspector and the drawer have them all. */
const most = 5;

/** What went in and out of the step that is pointed at, or has the keys, while a run is drawn. */
export function ValuesPeek() {
  const t = useT();
  const run = useMarks((marks) => marks.values);
  const id = usePointedAt(run !== null);
  const step = run?.steps.findLast((one) => one.nodeId === id);
  // over cards in the lower half, so that the map and the drawer hide nothing of it
  const above = useStore((state) => {
    const node = id === null ? undefined : state.nodeLookup.get(id);
    if (!node) return false;
    return node.internals.positionAbsolute.y * state.transform[2] + state.transform[1] > state.height * 0.4;
  });
  const selected = useStore((state) => id !== null && state.nodeLookup.get(id)?.selected === true);
  if (!id || !step) return null;
  return (
    <NodeToolbar
      nodeId={id}
      isVisible
      position={above ? Position.Top : Position.Bottom}
      offset={above && selected ? 56 : 14}
      className="peek"
    >
      <section aria-label={t('testing.peek', { name: step.name })}>
        {step.given && <p className="faint">{t('testing.given')}</p>}
        <Side title={t('testing.wentIn')} values={step.inputs} />
        {step.outputs && <Side title={t('testing.cameOut')} values={step.outputs} />}
        {step.error && <p className="peek-error">{errorWords(step.error, t)}</p>}
      </section>
    </NodeToolbar>
  );
}

function Side({ title, values }: { title: string; values: StepView['inputs'] }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <dl>
        {entries.slice(0, most).map(([name, value]: [string, Json]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{shortText(value, 80)}</dd>
          </div>
        ))}
      </dl>
      {entries.length > most && <p className="faint">…</p>}
    </>
  );
}

/** The step under the pointer, or the one that has the keys. */
function usePointedAt(wanted: boolean): string | null {
  const store = useStoreApi();
  const [hovered, setHovered] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  useEffect(() => {
    const area = store.getState().domNode;
    if (!wanted || !area) return;
    const nodeOf = (target: EventTarget | null) =>
      (target instanceof Element && target.closest('.react-flow__node')?.getAttribute('data-id')) || null;
    const onOver = (event: Event) => setHovered(nodeOf(event.target));
    const onLeave = () => setHovered(null);
    const onFocus = (event: Event) => setFocused(nodeOf(event.target));
    const onBlur = () => setFocused(null);
    area.addEventListener('pointerover', onOver);
    area.addEventListener('pointerleave', onLeave);
    area.addEventListener('focusin', onFocus);
    area.addEventListener('focusout', onBlur);
    return () => {
      area.removeEventListener('pointerover', onOver);
      area.removeEventListener('pointerleave', onLeave);
      area.removeEventListener('focusin', onFocus);
      area.removeEventListener('focusout', onBlur);
    };
  }, [store, wanted]);
  return wanted ? (hovered ?? focused) : null;
}
