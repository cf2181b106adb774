import { Button, Group, Modal, Stack } from '@mantine/core';
import { problemWords } from '../../messages/saidWords.ts';
import { useT } from '../../messages/useT.ts';
import { Notice } from '../../parts/Notice.tsx';
import type { FlowImport } from './useImportFlow.ts';

/** Why a file could not be imported, each problem with its place. Nothing was stored. */
export function ImportFailureDialog({ flowImport }: { flowImport: FlowImport }) {
  const t = useT();
  const { failure, forget } = flowImport;
  if (!failure) return null;
  // a single problem is often the message itself
  const more = failure.problems.some((problem) => problemWords(problem, t) !== failure.message);
  return (
    <Modal opened onClose={forget} title={t('flows.import.failed', { name: failure.fileName })} size={560}>
      <Stack gap="md">
        <Notice tone="bad">{failure.message}</Notice>
        {more && (
          <ul className="problem-list small">
            {failure.problems.map((problem) => (
              <li key={`${problem.code} ${problem.pointer}`}>
                {problemWords(problem, t)} <span className="mono faint">{problem.pointer}</span>
              </li>
            ))}
          </ul>
        )}
        <p className="dim small">{t('flows.import.nothingStored')}</p>
        <Group justify="flex-end">
          <Button onClick={forget}>{t('parts.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
