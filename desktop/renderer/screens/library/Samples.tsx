import { Button } from '@mantine/core';
import { IconBooks } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { StepSigns } from '../../parts/StepSigns.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { useSampleLanguage } from '../templates/useSampleLanguage.ts';

type Sample = Outputs['sample']['list']['samples'][number];

/** Flows that came with the installation, to begin from. */
export function Samples() {
  const t = useT();
  return (
    <Panel title={t('library.samples')}>
      <SampleRows />
    </Panel>
  );
}

function SampleRows() {
  const t = useT();
  const list = useRead('sample', 'list', useSampleLanguage());
  const { may } = useMe();
  if (list.isPending) return <RowsSkeleton rows={5} height={64} />;
  if (!list.data) return <ErrorState error={list.error} onAgain={() => void list.refetch()} />;
  if (list.data.samples.length === 0) return <EmptyState icon={IconBooks} title={t('library.samples.empty')} />;
  return (
    <>
      {list.data.samples.map((sample) => (
        <SampleRow key={sample.slug} sample={sample} mayEdit={may('flow.edit')} />
      ))}
    </>
  );
}

function SampleRow({ sample, mayEdit }: { sample: Sample; mayEdit: boolean }) {
  const t = useT();
  const [, navigate] = useLocation();
  const language = useSampleLanguage();
  const create = useWrite('flow', 'create', ['flow', 'home']);
  const use = () =>
    create.mutate(
      { name: sample.name, sample: sample.slug, ...language },
      {
        onSuccess: ({ flowId }) => navigate(`/flows/${flowId}`),
        onError: (error) => tellFailure(error, t('home.tryFailed', { name: sample.name })),
      },
    );
  return (
    <div className="panel-row" style={{ paddingBlock: 12 }}>
      <span className="grow">
        <span className="strong">{sample.name}</span>
        <br />
        <span className="dim small">{sample.description}</span>
      </span>
      <StepSigns signs={sample.steps.slice(0, 6)} />
      {mayEdit && (
        <Button
          variant="default"
          onClick={use}
          loading={create.isPending}
          aria-label={t('library.useNamed', { name: sample.name })}
        >
          {t('library.use')}
        </Button>
      )}
    </div>
  );
}
