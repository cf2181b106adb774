import { useState } from 'react';
import { type Outputs, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { tellFailure } from '../../parts/tell.ts';
import type { FlowShape, PublishedFlow } from './otherFlows.ts';

type Named = Outputs['flow']['names']['flows'][number];

const isId = (name: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(name);

/**
 * The published flow of a name, which is its slug or its id.
 * @param without the id of a flow that does not count
 * @returns undefined while that is asked for, or when nothing is named; null where no published flow has the name
 */
export function usePublishedFlow(name: string, without?: string): PublishedFlow | null | undefined {
  const named = isId(name) ? { flowIds: [name] } : { slugs: [name] };
  const known = useRead('flow', 'names', { ...named, published: true, limit: 1 }, { enabled: name !== '' });
  if (name === '' || !known.isSuccess) return undefined;
  const found = known.data.flows.find(({ id, slug }) => (slug === name || id === name) && id !== without);
  return found && !found.archived ? publishedOf(found) : null;
}

function publishedOf({ id, slug, name, publishedNumber }: Named): PublishedFlow | null {
  return publishedNumber === null ? null : { id, slug, name, number: publishedNumber };
}

interface Props {
  /** slug or id of the flow; empty where none is chosen */
  flow: string;
  /** the id of a flow that cannot be chosen */
  without?: string;
  disabled?: boolean;
  /** what a published flow takes and gives */
  shapeOf: (flow: PublishedFlow) => Promise<FlowShape | undefined>;
  onChoose: (flow: PublishedFlow, shape: FlowShape) => void;
}

/** Which published flow is run; what it takes and gives is read with the choice. */
export function PublishedFlowField({ flow, without, disabled = false, shapeOf, onChoose }: Props) {
  const t = useT();
  const [reading, setReading] = useState(false);
  const chosen = usePublishedFlow(flow, without);
  const choose = async (named: Named | undefined) => {
    const next = named && publishedOf(named);
    if (!next) return;
    setReading(true);
    try {
      const shape = await shapeOf(next);
      if (shape) onChoose(next, shape);
    } catch (error) {
      tellFailure(error, t('canvas.runFlow.unread', { name: next.name }));
    } finally {
      setReading(false);
    }
  };
  return (
    <FlowSelect
      label={t('canvas.runFlow.choose')}
      field={{
        description: t('canvas.runFlow.help'),
        disabled: disabled || reading,
        error: chosen === null ? t('canvas.runFlow.gone', { flow }) : undefined,
      }}
      placeholder={t('canvas.runFlow.placeholder')}
      none={t('canvas.runFlow.none')}
      by="slug"
      published
      {...(without !== undefined && { without: [without] })}
      value={chosen?.slug ?? null}
      onChange={(_, named) => void choose(named)}
    />
  );
}
