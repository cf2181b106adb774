import { useCallback, useEffect } from 'react';
import { isTyping } from '../commands/pressed.ts';
import { useEditorPage } from '../EditorContext.tsx';
import type { StepActions } from '../useStepActions.ts';

/**
 * Answers to the browser's own copy, cut and paste while the canvas has the keys: they work without asking for
 * permission, and between windows and programs.
 */
export function useClipboard(actions: StepActions): void {
  const { ui, editable } = useEditorPage();
  const isOurs = useCallback(() => {
    const active = document.activeElement;
    if (isTyping(active)) return false;
    if (active && active !== document.body && !active.closest('.canvas')) return false;
    return document.getSelection()?.isCollapsed !== false;
  }, []);
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const { selection, extras } = ui.getState();
      if (!isOurs() || selection.length + extras.length === 0 || (event.type === 'cut' && !editable)) return;
      const text = actions[event.type === 'cut' ? 'cutText' : 'copyText'](selection, extras);
      if (text === undefined) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs() || !editable) return;
      event.preventDefault();
      actions.pasteText(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [actions, editable, isOurs, ui]);
}
