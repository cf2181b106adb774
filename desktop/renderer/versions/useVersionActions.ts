import { commandsBetween } from '@rondo/shared/oas/edit/between.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWrite } from '../api/queries.ts';
import type { Editor } from '../canvas/editor.ts';
import type { FlowRecord } from '../flow/flowApi.ts';
import { exportFlow, flowVersion } from '../flow/flowApi.ts';
import { saveFile } from '../flow/saveFile.ts';
import { useT } from '../messages/useT.ts';
import { tell, tellFailure } from '../parts/tell.ts';
import type { Changes } from './changes.ts';
import { changesBetween } from './changes.ts';
import { treeAt } from './useMomentTree.ts';

interface Asked {
  number: number;
  version: JsonObject;
  changes: Changes;
}

export interface VersionActions {
  /** a restore that waits for a yes */
  asked: Asked | null;
  forget: () => void;
  restore: (version: number) => Promise<void>;
  restoreNow: () => void;
  copy: (version: number) => Promise<void>;
  download: (version: number) => Promise<void>;
}

/** What can be done with a version: put it into the draft, make a flow of it, save it as a file. */
export function useVersionActions(record: FlowRecord, editor: Editor): VersionActions {
  const t = useT();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const write = useWrite('flow', 'import', ['flow', 'home']);

  const guarded = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      tellFailure(error, t('flow.pause.notDone'));
    }
  };

  const put = async (number: number, version: JsonObject) => {
    const { tree } = editor.store.getState();
    const commands = commandsBetween(tree, version);
    if (commands.length === 0) {
      tell(t('versions.restore.same', { number }));
      return;
    }
    if (!editor.apply(t('versions.restore.label', { number }), commands)) return;
    await editor.flush();
    tell(t('versions.restore.done', { number }));
  };

  return {
    asked,
    forget: () => setAsked(null),
    restore: (number) =>
      guarded(async () => {
        const version = await treeAt(record.id, `v${number}`);
        const published = record.publishedNumber;
        const held = published === null ? undefined : await treeAt(record.id, `v${published}`);
        const changes = changesBetween(held, editor.store.getState().tree);
        if (changes.groups.length + changes.moved.length + changes.movedNotes.length > 0)
          setAsked({ number, version, changes });
        else await put(number, version);
      }),
    restoreNow: () => {
      if (!asked) return;
      setAsked(null);
      void guarded(() => put(asked.number, asked.version));
    },
    copy: (number) =>
      guarded(async () => {
        const [{ text }, file] = await Promise.all([flowVersion(record.id, number), exportFlow(record.id, number)]);
        const { flowId } = await write.mutateAsync({ text, fileName: file.fileName });
        tell(t('versions.copy.done'));
        navigate(`/flows/${flowId}`);
      }),
    download: (number) =>
      guarded(async () => {
        const file = await exportFlow(record.id, number);
        saveFile(file.fileName, file.text);
      }),
  };
}
