import { useEffect, useRef } from 'react';
import { isTyping } from '../../shell/useGlobalKeys.ts';

interface Keys {
  onNext: () => void;
  onPrevious: () => void;
}

/**
 * `j` and `k` move, Enter goes into the form, Ctrl-Enter presses the form's main button, also while somebody types in
 * one of its fields.
 */
export function useInboxKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        if (event.target instanceof HTMLElement && event.target.closest('[role="dialog"]')) return;
        if (pressPrimary()) event.preventDefault();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === 'j') latest.current.onNext();
      else if (event.key === 'k') latest.current.onPrevious();
      else if (event.key === 'Enter' && !isControl(event.target)) enterForm();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button, [role="button"], label') !== null;
}

/** Presses the primary button of the form, or its only one. True when there was one to press. */
function pressPrimary(): boolean {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.a2ui-form button[data-decision]')];
  const button =
    buttons.find((each) => each.dataset.primary === 'true') ?? (buttons.length === 1 ? buttons[0] : undefined);
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

function enterForm(): void {
  const selector = '.a2ui-form :is(input, textarea, select, button):not([disabled]):not([readonly])';
  document.querySelector<HTMLElement>(selector)?.focus();
}
