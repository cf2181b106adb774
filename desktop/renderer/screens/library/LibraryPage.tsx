import { Button, Tabs } from '@mantine/core';
import { IconBooks, IconPuzzle } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { StepSigns } from '../../parts/StepSigns.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { Secrets } from './Secrets.tsx';

type Sample = Outputs['home']['get']['samples'][number];

/** What flows are made with: samples to begin from, and the secrets that their steps use by name. */
export function LibraryPage() {
  const t = useT();
  const { may } = useMe();
  const [tab, setTab] = useState<string>('samples');
  return (
    <Page title={t('shell.place.library')} subtitle={t('library.about')}>
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'samples')} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="samples">{t('library.samples')}</Tabs.Tab>
          {may('secret.manage') && <Tabs.Tab value="secrets">{t('library.secrets')}</Tabs.Tab>}
          <Tabs.Tab value="pieces">{t('library.pieces')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="samples">
          <Samples />
        </Tabs.Panel>
        <Tabs.Panel value="secrets">
          <Secrets />
        </Tabs.Panel>
        <Tabs.Panel value="pieces">
          <EmptyState icon={IconPuzzle} title={t('library.pieces.empty')} words={t('library.pieces.words')} />
        </Tabs.Panel>
      </Tabs>
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
    <div className="panel">
      {home.data.samples.map((sample) => (
        <SampleRow key={sample.slug} sample={sample} mayEdit={may('flow.edit')} />
      ))}
    </div>
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
    <div className="panel-row" style={{ padding: '12px 16px' }}>
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
