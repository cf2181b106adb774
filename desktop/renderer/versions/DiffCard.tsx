import { IconArrowsMove, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { useStore } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import { StepCard } from '../canvas/StepCard.tsx';
import type { StepNode } from '../canvas/steps.ts';
import { useT } from '../messages/useT.ts';

export type DiffState = 'added' | 'removed' | 'changed' | 'moved' | 'same';

/** What happened to each step, by its id. */
export const DiffStatesContext = createContext<ReadonlyMap<string, DiffState>>(new Map());

const glyphs = { added: IconPlus, removed: IconMinus, changed: IconPencil, moved: IconArrowsMove } as const;

/** The sign of a change: a shape beside the colour. */
export function DiffSign({ state, size = 14 }: { state: Exclude<DiffState, 'same'>; size?: number }) {
  const Glyph = glyphs[state];
  return (
    <span className={`diff-sign diff-${state}`} aria-hidden="true">
      <Glyph size={size} stroke={2.5} />
    </span>
  );
}

/** How much larger a sign is drawn, so that it can be told from afar. */
export const signScale = (zoom: number) => (zoom < 0.4 ? 2.4 : zoom < 0.62 ? 1.7 : zoom < 0.85 ? 1.2 : 1);

/** A step's card with the sign of what happened to it. */
export const DiffCard = memo(function DiffCard(props: NodeProps<StepNode>) {
  return (
    <DiffMarked id={props.id}>
      <StepCard {...props} />
    </DiffMarked>
  );
});

/** What stands on the canvas, with the sign of what happened to it. */
export function DiffMarked({ id, children }: { id: string; children: React.ReactNode }) {
  const t = useT();
  const state = useContext(DiffStatesContext).get(id) ?? 'same';
  const scale = useStore((store) => signScale(store.transform[2]));
  return (
    <div className={`diff-card diff-card-${state}`}>
      {children}
      {state !== 'same' && (
        <span className="diff-badge" style={{ scale }} title={t(`versions.state.${state}`)}>
          <DiffSign state={state} />
        </span>
      )}
    </div>
  );
}
