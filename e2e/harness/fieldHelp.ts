import type { Locator } from 'playwright-core';

/**
 * Names of the fields in a part of the page that nothing is told about: neither words below the label or the heading
 * of their frame, nor a question mark beside the field or the heading that it stands under. What a search looks for
 * needs no help.
 */
export function fieldsWithoutHelp(part: Locator): Promise<string[]> {
  return part.evaluate((root) => {
    const fields = root.querySelectorAll<HTMLElement>(
      'input:not([type=hidden], [type=search], [type=radio]), textarea, select, [role=textbox][contenteditable]',
    );
    const words = (ids: string | null) =>
      (ids ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent?.trim() ?? '')
        .filter(Boolean)
        .join(' ');
    const nameOf = (field: HTMLElement) =>
      field.getAttribute('aria-label') ||
      words(field.getAttribute('aria-labelledby')) ||
      (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
        ? [...(field.labels ?? [])].map((label) => label.textContent?.trim()).join(' ')
        : '') ||
      field.outerHTML.slice(0, 120);
    const bare: string[] = [];
    for (const field of fields) {
      if (!field.checkVisibility({ visibilityProperty: true }) && field.getAttribute('type') !== 'checkbox') continue;
      if (
        field.closest('[hidden], [aria-hidden=true], [role=search]') ||
        (field.closest('[role=radiogroup]') !== field && field.closest('[role=radiogroup]'))
      )
        continue;
      // a unit is told about with its number
      const own = field.closest('.duration-field')?.querySelector('input') ?? field;
      if (words(own.getAttribute('aria-describedby'))) continue;
      const near = field.closest('[data-help]');
      if (near?.querySelector('button[data-help-mark]')) continue;
      if (field.closest('fieldset')?.querySelector(':scope > legend + p')) continue;
      bare.push(nameOf(field));
    }
    return bare;
  });
}
