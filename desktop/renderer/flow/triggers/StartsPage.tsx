import './triggers.css';
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useMe, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Page } from '../../parts/Page.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';
import { useTimetableWords } from '../../screens/schedules/useTimetableWords.ts';
import { FlowLinks } from './FlowLinks.tsx';
import { Programs } from './Programs.tsx';
import { StartForms } from './StartForms.tsx';
import { Webhooks } from './Webhooks.tsx';

/** Everything that starts a flow besides people: schedules, webhooks, forms, other flows, programs. */
export function StartsPage({ flowId }: { flowId: string }) {
  const t = useT();
  const { may } = useMe();
  const flow = useRead('flow', 'state', { flowId });
  if (flow.error && !flow.data) return <ErrorState error={flow.error} onAgain={() => void flow.refetch()} whole />;
  if (!flow.data) return <PageSkeleton />;
  const published = flow.data.publishedNumber !== null;
  const editable = may('trigger.edit');
  return (
    <Page
      title={t('triggers.title', { flow: flow.data.name })}
      subtitle={t('triggers.subtitle')}
      actions={
        <Button component={Link} href={`/flows/${flowId}`} variant="default" leftSection={<IconArrowLeft size={16} />}>
          {t('triggers.back')}
        </Button>
      }
    >
      <div className="triggers">
        {!published && <Notice tone="wait">{t('triggers.notPublished')}</Notice>}
        <Schedules flowId={flowId} />
        {editable && <Webhooks flowId={flowId} />}
        {editable && <StartForms flowId={flowId} published={published} />}
        <FlowLinks flowId={flowId} editable={may('flow.edit')} />
        <Programs slug={flow.data.slug} tool={flow.data.mcpTool} />
      </div>
    </Page>
  );
}

function Schedules({ flowId }: { flowId: string }) {
  const t = useT();
  const wordsOf = useTimetableWords();
  const list = useRead('schedule', 'list', { flowId });
  const schedules = list.data?.schedules ?? [];
  return (
    <Panel title={t('triggers.schedules')} aside={<Link href="/schedules">{t('triggers.schedules.link')}</Link>}>
      {list.error && !list.data ? (
        <ErrorState error={list.error} onAgain={() => void list.refetch()} />
      ) : (
        <>
          {list.data && schedules.length === 0 && <div className="panel-row dim">{t('triggers.schedules.none')}</div>}
          {schedules.map((schedule) => (
            <div key={schedule.id} className="panel-row">
              <span className="grow">{wordsOf(schedule)}</span>
              <span className="dim">
                {schedule.nextFires[0] ? <When coming at={schedule.nextFires[0]} /> : t('triggers.off')}
              </span>
            </div>
          ))}
        </>
      )}
    </Panel>
  );
}
