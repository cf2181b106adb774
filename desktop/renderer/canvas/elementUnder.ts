/** The topmost element at a point of the window that fits a selector, or has one around it that does. */
export function elementUnder(x: number, y: number, selector: string): Element | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const found = element.closest(selector);
    if (found) return found;
  }
  return undefined;
}
