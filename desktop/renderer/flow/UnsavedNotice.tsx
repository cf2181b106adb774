import { Button } from '@mantine/core';
import { useState } from 'react';
import { useEditor, useEditorPage } from '../canvas/EditorContext.tsx';
import { useT } from '../messages/useT.ts';
import { saveFile } from './saveFile.ts';

/** A change that was not taken: said plainly, with what was not saved to copy. */
export function UnsavedNotice() {
  const t = useT();
  const notice = useEditor((state) => state.notice);
  const { editor } = useEditorPage();
  if (!notice) return null;
  const dismiss = () => editor.dismissNotice();
  return (
    <div className="flow-notice" role="alert">
      <span>{notice.message || t('canvas.unreadable')}</span>
      {notice.unsaved && <CopyUnsaved text={notice.unsaved} />}
      <Button size="compact-sm" variant="default" onClick={dismiss}>
        {t('flow.close')}
      </Button>
    </div>
  );
}

function CopyUnsaved({ text }: { text: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => saveFile('unsaved.json', text),
        );
      }}
    >
      {copied ? t('flow.copied') : t('flow.copyUnsaved')}
    </Button>
  );
}
