import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useState } from 'react';
import { type Outputs, useRead } from '../../api/queries.ts';
import { publishedShape } from '../../flow/publishedShape.ts';
import { useT } from '../../messages/useT.ts';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { tellFailure } from '../../parts/tell.ts';

interface Props {
  slug: string;
  /** the flow's slug, and what it takes and gives */
  onChoose: (slug: string, shape: { inputs: JsonObject[]; outputs: JsonObject[] }) => void;
}

/** Which published flow a tool runs; what it takes and gives is the tool's. */
export function FlowChoice({ slug, onChoose }: Props) {
  const t = useT();
  const [reading, setReading] = useState(false);
  const known = useRead('flow', 'names', { slugs: [slug], published: true, limit: 1 }, { enabled: slug !== '' });
  const isGone =
    known.isSuccess && !known.data.flows.some((flow) => flow.slug === slug && flow.publishedNumber !== null);
  const choose = async (flow: Outputs['flow']['names']['flows'][number] | undefined) => {
    if (!flow || flow.publishedNumber === null) return;
    setReading(true);
    try {
      const shape = await publishedShape(flow.id, flow.publishedNumber);
      onChoose(flow.slug, shape ?? { inputs: [], outputs: [] });
    } catch (error) {
      tellFailure(error, t('library.tools.flowUnread', { name: flow.name }));
    } finally {
      setReading(false);
    }
  };
  return (
    <FlowSelect
      label={t('canvas.runFlow.choose')}
      field={{
        description: t('canvas.runFlow.help'),
        disabled: reading,
        error: isGone ? t('canvas.runFlow.gone', { flow: slug }) : undefined,
      }}
      placeholder={t('canvas.runFlow.placeholder')}
      by="slug"
      published
      value={slug || null}
      onChange={(_, flow) => void choose(flow)}
    />
  );
}
