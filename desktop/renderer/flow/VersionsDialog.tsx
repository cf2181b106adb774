import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { parse } from '../canvas/editor.ts';
import { useT } from '../messages/useT.ts';
import { ChangeList } from './ChangeList.tsx';
import { changesBetween } from './changes.ts';
import { exportFlow, flowVersion, flowVersions } from './flowApi.ts';
import { saveFile } from './saveFile.ts';

/** The published versions of a flow: who, when, what changed, and the file of each. */
export function VersionsDialog({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const t = useT();
  const list = useQuery({ queryKey: ['flow', 'versions', { flowId }], queryFn: () => flowVersions(flowId) });
  const [open, setOpen] = useState<number | null>(null);
  const versions = list.data?.versions ?? [];
  return (
    <Modal opened onClose={onClose} size={640} title={<div className="dialog-title">{t('flow.versions')}</div>}>
      {list.isPending && <p className="faint">{t('flow.loading')}</p>}
      {list.isError && (
        <p className="faint">
          {list.error.message}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => void list.refetch()}>
            {t('flow.tryAgain')}
          </Button>
        </p>
      )}
      {list.isSuccess && versions.length === 0 && <p className="faint">{t('flow.versionsNone')}</p>}
      <ul className="version-list">
        {versions.map((version) => (
          <li key={version.number}>
            <div className="version-head">
              <b>{t('flow.version', { number: version.number })}</b>
              <span className="faint">
                {t('flow.versionBy', {
                  who: version.publishedByName ?? '',
                  when: new Date(version.publishedAt).toLocaleString(),
                })}
              </span>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-expanded={open === version.number}
                onClick={() => setOpen(open === version.number ? null : version.number)}
              >
                {t('flow.versionChanges')}
              </Button>
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() =>
                  void exportFlow(flowId, version.number).then((file) => saveFile(file.fileName, file.text))
                }
              >
                {t('flow.export')}
              </Button>
            </div>
            {version.note && <p>{version.note}</p>}
            <code title={version.hash}>{version.hash.slice(0, 16)}</code>
            {open === version.number && <VersionChanges flowId={flowId} number={version.number} />}
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function VersionChanges({ flowId, number }: { flowId: string; number: number }) {
  const t = useT();
  const texts = useQuery({
    queryKey: ['canvas', 'versionPair', flowId, number],
    queryFn: async () => ({
      after: (await flowVersion(flowId, number)).text,
      before: number > 1 ? (await flowVersion(flowId, number - 1)).text : null,
    }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const changes = useMemo(() => {
    const after = texts.data && parse(texts.data.after);
    return after ? changesBetween(texts.data?.before ? parse(texts.data.before) : undefined, after) : null;
  }, [texts.data]);
  return changes ? (
    <ChangeList changes={changes} />
  ) : (
    <p className="faint">{texts.isError ? texts.error.message : t('flow.loading')}</p>
  );
}
