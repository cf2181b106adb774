import { english, german } from '@rondo/desktop/renderer/messages/testing/wholeCatalogue.ts';
import type { Page } from 'playwright-core';

/** All that somebody reads or hears on the page: texts, labels, placeholders and titles, of what is drawn. */
export function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words = new Set<string>();
    const add = (text: string | null) => {
      const plain = text?.replaceAll(/\s+/g, ' ').trim();
      if (plain) words.add(plain);
    };
    const silent = 'script, style, code, pre, .mono, .cm-content, .cm-tooltip, [lang]:not(html)';
    for (const element of document.body.querySelectorAll('*')) {
      if (
        element.closest(silent) ||
        element.closest('[aria-hidden=true] textarea, textarea[aria-hidden=true]') ||
        !element.checkVisibility()
      )
        continue;
      for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-roledescription'])
        add(element.getAttribute(name));
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.textContent);
    }
    return [...words];
  });
}

/** Buttons, tabs, headings and labels whose words do not fit and are cut off, one line each. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const selector = 'button, [role=tab], [role=menuitem], h1, h2, h3, label, th, .rail a';
    for (const element of document.body.querySelectorAll<HTMLElement>(selector)) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      for (const part of [element, ...element.querySelectorAll<HTMLElement>('span, div')]) {
        const style = getComputedStyle(part);
        // a switch has nothing to read
        if (!part.textContent?.trim()) continue;
        const hides = style.overflowX !== 'visible' && part.clientWidth > 1;
        if (!hides || part.scrollWidth <= part.clientWidth + 1) continue;
        // an ellipsis whose whole text can be read is a choice, not an accident
        const whole = part.closest('[title], [aria-label]');
        if (style.textOverflow === 'ellipsis' && whole) continue;
        found.push(`${part.textContent?.trim()} (${part.scrollWidth} in ${part.clientWidth})`);
        break;
      }
    }
    return found;
  });
}

/** What the page was given by the server: names, notes and the like are no words of the client. */
export class GivenWords {
  readonly #texts = new Set<string>();

  constructor(page: Page) {
    page.on('response', (response) => {
      if (!/\/(trpc|api)\//.test(response.url()) || response.request().resourceType() === 'eventsource') return;
      response.text().then(
        (text) => this.add(text),
        () => undefined,
      );
    });
  }

  /** Takes up every text in a value; a text that is JSON itself is looked into. */
  add(value: unknown): void {
    if (typeof value === 'string') {
      const plain = value.replaceAll(/\s+/g, ' ').trim();
      if (this.#texts.has(plain)) return;
      this.#texts.add(plain);
      this.#texts.add(plain.replaceAll(/\{\{ *(\w+) *\}\}/g, '$1'));
      try {
        const inner: unknown = JSON.parse(value);
        if (typeof inner === 'object') this.add(inner);
      } catch {
        // A text that is no JSON is only a text.
      }
    } else if (Array.isArray(value)) for (const item of value) this.add(item);
    else if (value !== null && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) {
        // names of values are data as well
        if (/^[a-z][a-z0-9_]*$/.test(key)) this.#texts.add(key);
        this.add(item);
      }
  }

  /** Whether a text was given, as it is or (of a longer one) as a part of it. */
  has(text: string): boolean {
    const plain = text.replace(/[:…]$/, '').trim();
    if (this.#texts.has(text) || this.#texts.has(plain)) return true;
    // a list of names, a name written for people, a text with chips in the place of {{ values }}
    if (plain.includes(', ') && plain.split(', ').every((part) => this.#texts.has(part))) return true;
    if (this.#texts.has(plain.replaceAll(' ', '_'))) return true;
    if (plain.length < 12) return false;
    for (const given of this.#texts) if (!given.startsWith('{') && given.includes(plain)) return true;
    return false;
  }
}

const plainEnglish = new Map<string, string[]>();
for (const [key, text] of Object.entries(english)) {
  if (!/[{}<]/.test(text)) plainEnglish.set(text, [...(plainEnglish.get(text) ?? []), key]);
}
const germanTexts = new Set<string>(Object.values(german));

/** Whether a text is a message of the English catalogue that German says otherwise. */
export function isEnglish(text: string): boolean {
  return plainEnglish.has(text) && !germanTexts.has(text);
}
