import { Button, Skeleton } from '@mantine/core';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { FlowPreview } from './FlowPreview.tsx';
import { needsOf } from './needs.ts';
import { useSampleLanguage } from './useSampleLanguage.ts';

/** One template: drawn, with what it needs, asks for and gives; "Use this" makes a flow of it and opens that. */
export function TemplateDetail({ slug }: { slug: string }) {
  const t = useT();
  const { may } = useMe();
  const [, navigate] = useLocation();
  const language = useSampleLanguage();
  const sample = useRead('sample', 'get', { sample: slug, ...language });
  const create = useWrite('flow', 'create', ['flow', 'folder', 'home']);
  const tree = useMemo(() => sample.data && readDocument(sample.data.text).tree, [sample.data]);
  if (sample.error && !sample.data) return <ErrorState error={sample.error} onAgain={() => void sample.refetch()} />;
  const name = sample.data?.name ?? '';
  return (
    <>
      <div className="row template-head">
        <div className="grow">
          <h2 className="title-2">{sample.data ? name : <Skeleton height={20} width={200} />}</h2>
          <p className="dim template-words">{sample.data?.description ?? ' '}</p>
        </div>
        {may('flow.edit') && (
          <Button
            disabled={!sample.data}
            loading={create.isPending}
            onClick={() =>
              create.mutate(
                { name, sample: slug, ...language },
                {
                  onSuccess: ({ flowId }) => navigate(`/flows/${flowId}`),
                  onError: (error) => tellFailure(error, t('templates.useFailed', { name })),
                },
              )
            }
          >
            {t('templates.use')}
          </Button>
        )}
      </div>
      <div className="panel template-picture">
        {tree && <FlowPreview tree={tree} label={t('templates.preview', { name })} />}
      </div>
      {tree && <Facts tree={tree} />}
    </>
  );
}

function Facts({ tree }: { tree: JsonObject }) {
  const t = useT();
  const needs = needsOf(tree);
  const { inputs, outputs } = openFlow(tree);
  const titles = (list: readonly JsonObject[]) =>
    list.map((one) => String(one.title ?? '')).filter((one) => one !== '');
  const lines = [
    ...(needs.people > 0 ? [t('templates.needs.people', { count: needs.people })] : []),
    ...needs.models.map((name) => t('templates.needs.model', { name })),
    ...(needs.practice ? [t('templates.needs.practice')] : []),
    ...needs.hosts.map((name) => t('templates.needs.web', { name })),
    ...needs.tools.map((name) => t('templates.needs.tool', { name })),
    ...needs.secrets.map((name) => t('templates.needs.secret', { name })),
  ];
  return (
    <div className="template-facts">
      <section>
        <h3 className="title-3">{t('templates.needs')}</h3>
        <List items={lines} none={t('templates.needs.nothing')} />
      </section>
      <section>
        <h3 className="title-3">{t('templates.asks')}</h3>
        <List items={titles(inputs)} none={t('templates.asks.nothing')} />
      </section>
      {outputs.length > 0 && (
        <section>
          <h3 className="title-3">{t('templates.gives')}</h3>
          <List items={titles(outputs)} none="" />
        </section>
      )}
    </div>
  );
}

function List({ items, none }: { items: string[]; none: string }) {
  if (items.length === 0) return <p className="dim small">{none}</p>;
  return (
    <ul className="small">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
