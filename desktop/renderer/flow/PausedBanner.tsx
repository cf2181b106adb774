import { Button } from '@mantine/core';
import { useWrite } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { Notice } from '../parts/Notice.tsx';
import { tellFailure } from '../parts/tell.ts';
import { When } from '../parts/When.tsx';
import type { FlowRecord } from './flowApi.ts';

/** Tells that the flow is paused, by whom and since when; those who may let it go on. */
export function PausedBanner({
  record,
  mayResume,
  onDone,
}: {
  record: FlowRecord;
  mayResume: boolean;
  onDone: () => void;
}) {
  const t = useT();
  const resume = useWrite('flow', 'resume', ['flow', 'run', 'queue']);
  if (!record.paused) return null;
  return (
    <div className="flow-paused">
      <Notice
        tone="wait"
        aside={
          mayResume && (
            <Button
              size="xs"
              variant="default"
              loading={resume.isPending}
              onClick={() =>
                resume.mutate(
                  { flowId: record.id },
                  { onSuccess: onDone, onError: (error) => tellFailure(error, t('flow.pause.notDone')) },
                )
              }
            >
              {t('flow.pause.resume')}
            </Button>
          )
        }
      >
        {t('flow.pause.banner', { who: record.paused.byName })} <When at={record.paused.at} />
      </Notice>
    </div>
  );
}
