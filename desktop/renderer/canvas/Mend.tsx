import { Button, Menu } from '@mantine/core';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import { type Repair, repairableCodes, repairsOf } from '@rondo/shared/oas/repairs.ts';
import { inEnglish } from '@rondo/shared/words/said.ts';
import { useState } from 'react';
import { problemWords, saidWords } from '../messages/saidWords.ts';
import { useT } from '../messages/useT.ts';
import { tell } from '../parts/tell.ts';
import { useCommands, useEditorPage, useFlowView } from './EditorContext.tsx';

/** The ways to mend a problem, looked for when they are asked for: each is one gesture, which can be undone. */
export function Mend({ problem }: { problem: Problem }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const [ways, setWays] = useState<Repair[] | null>(null);
  if (!editable || !repairableCodes.includes(problem.code)) return null;
  return (
    <Menu position="top-end" onChange={(opened) => setWays(opened ? repairsOf(tree, problem) : null)}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('canvas.mend.of', { problem: problemWords(problem, t) })}
        >
          {t('canvas.mend')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ways?.map(({ what, commands }) => {
          const words = saidWords(what, t) ?? inEnglish(what);
          return (
            <Menu.Item
              key={words}
              onClick={() => run(t('canvas.gesture.mend', { what: words }), ...commands) && tell(t('canvas.mended'))}
            >
              {words}
            </Menu.Item>
          );
        })}
        {ways?.length === 0 && <Menu.Label>{t('canvas.mend.none')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
