import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Editor } from '../canvas/editor.ts';
import { useT } from '../messages/useT.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { MergeView } from './MergeView.tsx';

/**
 * Asks about gestures that the server did not take: what both changed is chosen place by place. It cannot be closed
 * without an answer, so that nothing is lost by the way; after a reload it is there again.
 */
export function HeldDialog({ editor }: { editor: Editor }) {
  const t = useT();
  const held = useStore(editor.store, (state) => state.held);
  const draft = useStore(editor.store, (state) => state.tree);
  const [sure, setSure] = useState(false);
  if (!held) return null;
  const conflict = held.reason === 'conflict';
  const giveUp = (
    <Button variant="default" onClick={() => setSure(true)}>
      {t('merge.giveUp')}
    </Button>
  );
  return (
    <>
      <Modal
        opened
        onClose={() => {}}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        size="min(1400px, 96vw)"
        className="merge-dialog"
        title={<div className="dialog-title">{t(conflict ? 'merge.held.title' : 'merge.refused.title')}</div>}
      >
        <MergeView
          base={held.base}
          draft={draft}
          other={held.mine}
          sides={{ draft: t('merge.side.theirs'), other: t('merge.side.mine') }}
          all={{ draft: t('merge.allTheirs'), other: t('merge.allMine') }}
          action={t(conflict ? 'merge.held.apply' : 'merge.refused.again')}
          intro={
            <>
              {held.message && <p role="alert">{held.message}</p>}
              <p className="faint">{t('merge.held.help', { label: held.label })}</p>
            </>
          }
          buttons={giveUp}
          onApply={(tree) => editor.settle(tree)}
        />
      </Modal>
      {sure && (
        <ConfirmDialog
          title={t('merge.giveUp.sure', { label: held.label })}
          words={t('merge.giveUp.words')}
          action={t('merge.giveUp')}
          onClose={() => setSure(false)}
          onYes={() => {
            setSure(false);
            editor.settle(null);
          }}
        />
      )}
    </>
  );
}
