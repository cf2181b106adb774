import { Button, Modal, NativeSelect } from '@mantine/core';
import { nearestState } from '@rondo/shared/oas/compare/nearest.ts';
import { commandsBetween } from '@rondo/shared/oas/edit/between.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Editor } from '../canvas/editor.ts';
import { problemsWords } from '../messages/saidWords.ts';
import { useT } from '../messages/useT.ts';
import { tell, tellFailure } from '../parts/tell.ts';
import { useFileDrop } from '../screens/flows/useFileDrop.ts';
import type { KnownState } from './knownStates.ts';
import { knownStates } from './knownStates.ts';
import { MergeView } from './MergeView.tsx';
import { numberOf } from './moments.ts';

interface Props {
  flowId: string;
  editor: Editor;
  editable: boolean;
  /** the person asked for a file */
  asked: boolean;
  onAsked: () => void;
}

interface Read {
  fileName: string;
  file: JsonObject;
  states: KnownState[];
  base: number;
}

const mostBytes = 8 * 1024 * 1024;

/** Puts a file together with the flow that is open: chosen in the menu, or dropped onto the page. */
export function ImportInto({ flowId, editor, editable, asked, onAsked }: Props) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Read | null>(null);
  const draft = useStore(editor.store, (state) => state.tree);

  const take = async (file: File) => {
    try {
      if (file.size > mostBytes) throw new Error(t('merge.import.tooLarge'));
      const { tree, problems } = readDocument(await file.text(), file.name);
      if (!tree) {
        throw new Error(
          t('merge.import.unreadable', { file: file.name, message: problemsWords(problems.slice(0, 1), t) }),
        );
      }
      const seq = await editor.flush();
      const states = await knownStates(flowId, { tree: editor.store.getState().tree, seq });
      const base = nearestState(
        states.map((state) => state.tree),
        tree,
      );
      if (base === undefined) throw new Error(t('merge.import.foreign'));
      const same = commandsBetween(states[base]?.tree ?? {}, tree).length === 0;
      if (same) tell(t('merge.import.same'));
      else setRead({ fileName: file.name, file: tree, states, base });
    } catch (error) {
      tellFailure(error, t('flow.pause.notDone'));
    }
  };
  const over = useFileDrop(editable && read === null, (file) => void take(file));
  useEffect(() => {
    if (!asked) return;
    input.current?.click();
    onAsked();
  }, [asked, onAsked]);

  const apply = (tree: JsonObject) => {
    const fileName = read?.fileName ?? '';
    setRead(null);
    const commands = commandsBetween(editor.store.getState().tree, tree);
    if (commands.length === 0) tell(t('merge.import.same'));
    else if (editor.apply(t('merge.import.label', { file: fileName }), commands))
      tell(t('merge.import.done', { file: fileName }));
  };
  const words = ({ moment }: KnownState): string => {
    const version = numberOf(moment, 'v');
    if (version !== undefined) return t('versions.version', { number: version });
    if (moment === 'draft') return t('versions.draft');
    return moment === 'g0' ? t('versions.asMade') : t('merge.import.gesture', { number: numberOf(moment, 'g') ?? 0 });
  };
  const base = read?.states[read.base];
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.json5,.yaml,.yml"
        aria-label={t('merge.importInto')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void take(file);
        }}
      />
      {over && <div className="merge-drop">{t('merge.dropHere')}</div>}
      {read && base && (
        <Modal
          opened
          onClose={() => setRead(null)}
          size="min(1400px, 96vw)"
          className="merge-dialog"
          title={<div className="dialog-title">{t('merge.import.title', { file: read.fileName })}</div>}
        >
          <MergeView
            key={read.base}
            base={base.tree}
            draft={draft}
            other={read.file}
            sides={{ draft: t('merge.side.draft'), other: t('merge.side.file') }}
            all={{ draft: t('merge.allDraft'), other: t('merge.allFile') }}
            action={t('merge.import.apply')}
            intro={
              <>
                <p className="faint">{t('merge.import.help')}</p>
                <NativeSelect
                  size="xs"
                  label={t('merge.import.base')}
                  description={t('merge.import.baseHelp')}
                  value={String(read.base)}
                  data={read.states.map((state, index) => ({ value: String(index), label: words(state) }))}
                  onChange={(event) => setRead({ ...read, base: Number(event.currentTarget.value) })}
                />
              </>
            }
            buttons={
              <Button variant="default" onClick={() => setRead(null)}>
                {t('parts.cancel')}
              </Button>
            }
            onApply={apply}
          />
        </Modal>
      )}
    </>
  );
}
