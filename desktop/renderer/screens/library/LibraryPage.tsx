import { Button } from '@mantine/core';
import { IconBooks, IconKey } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { StepSigns } from '../../parts/StepSigns.tsx';
import { tellFailure } from '../../parts/tell.ts';

type Sample = Outputs['home']['get']['samples'][number];

/** What flows are made with: samples to begin from, and the way to the secrets that their steps use by name. */
export function LibraryPage() {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  return (
    <Page
      title={t('shell.place.library')}
      subtitle={t('library.about')}
      actions={
        may('secret.manage') ? (
          <Button variant="default" leftSection={<IconKey size={16} />} onClick={() => navigate('/admin/secrets')}>
            {t('library.secrets')}
          </Button>
        ) : undefined
      }
    >
      <Panel title={t('library.samples')}>
        <Samples />
      </Panel>
    </Page>
  );
}

function Samples() {
  const t = useT();
  const home = useRead('home', 'get', {});
  const { may } = useMe();
  if (home.isPending) return <RowsSkeleton rows={5} height={64} />;
  if (!home.data) return <ErrorState error={home.error} onAgain={() => void home.refetch()} />;
  if (home.data.samples.length === 0) return <EmptyState icon={IconBooks} title={t('library.samples.empty')} />;
  return (
    <>
      {home.data.samples.map((sample) => (
        <SampleRow key={sample.slug} sample={sample} mayEdit={may('flow.edit')} />
      ))}
    </>
  );
}

function SampleRow({ sample, mayEdit }: { sample: Sample; mayEdit: boolean }) {
  const t = useT();
  const [, navigate] = useLocation();
  const create = useWrite('flow', 'create', ['flow', 'home']);
  const use = () =>
    create.mutate(
      { name: sample.name, sample: sample.slug },
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
