import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { until } from './client.ts';

/** The canvas of a flow page, in the terms of a person who draws on it. */
export class DrawnFlow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  cards(): Locator {
    return this.page.locator('.react-flow__node');
  }

  card(name: string): Locator {
    return this.cards().filter({ has: this.page.locator('.step-name', { hasText: new RegExp(`^${escaped(name)}$`) }) });
  }

  lines(): Locator {
    return this.page.locator('.react-flow__edge .control-line');
  }

  async names(): Promise<string[]> {
    return (await this.page.locator('.react-flow__node .step-name').allTextContents()).sort();
  }

  /** Waits until the canvas is drawn and has that many steps at least. */
  async drawn(atLeast = 2): Promise<void> {
    await until(`${atLeast} steps on the canvas`, async () => (await this.cards().count()) >= atLeast);
  }

  async showAll(): Promise<void> {
    await this.page.getByRole('button', { name: 'Show everything' }).click();
    await this.page.waitForTimeout(300);
  }

  /** Drags a kind of step from the palette to a point of the canvas, given as parts of its width and height. */
  async dragIn(kind: string, at: { x: number; y: number }): Promise<void> {
    const pane = this.page.locator('.react-flow__pane');
    const box = await pane.boundingBox();
    if (box === null) throw new Error('The canvas is not shown');
    await this.page
      .getByRole('complementary', { name: 'Steps to add' })
      .getByRole('button', { name: kind, exact: true })
      .dragTo(pane, { targetPosition: { x: box.width * at.x, y: box.height * at.y } });
  }

  /** Draws a line from one step's way out to another step. */
  async connect(from: string, to: string): Promise<void> {
    await this.dragMouse(
      this.card(from).locator('.react-flow__handle.source').first(),
      this.card(to).locator('.react-flow__handle.target').first(),
    );
  }

  /** Moves a step by its card. */
  async moveBy(name: string, dx: number, dy: number): Promise<void> {
    const box = await boxOf(this.card(name).locator('.step-name'));
    const { mouse } = this.page;
    await mouse.move(box.x + 10, box.y + box.height / 2);
    await mouse.down();
    await mouse.move(box.x + 10 + dx / 2, box.y + box.height / 2 + dy / 2, { steps: 5 });
    await mouse.move(box.x + 10 + dx, box.y + box.height / 2 + dy, { steps: 5 });
    await mouse.up();
  }

  async placeOf(name: string): Promise<{ x: number; y: number }> {
    const transform = await this.card(name).evaluate((node) => (node as HTMLElement).style.transform);
    const [, x, y] = /translate\((-?[\d.]+)px, ?(-?[\d.]+)px\)/.exec(transform) ?? [];
    return { x: Number(x), y: Number(y) };
  }

  /** Waits until everything drawn is at the server. */
  async saved(): Promise<void> {
    const words = this.page.locator('.flow-saved');
    await until('"Saved"', async () => /^\s*Saved/.test((await words.textContent()) ?? ''));
  }

  inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'About the step' });
  }

  async select(name: string): Promise<Locator> {
    await this.card(name).locator('.step-name').click();
    await this.inspector().getByRole('heading', { name, level: 2 }).waitFor();
    return this.inspector();
  }

  /** Deletes a step with the key. */
  async remove(name: string): Promise<void> {
    await this.showAll();
    await this.card(name).locator('.step-name').click();
    await this.page.keyboard.press('Delete');
    await until(`“${name}” to be gone`, async () => (await this.card(name).count()) === 0);
    await this.saved();
  }

  private async dragMouse(from: Locator, to: Locator): Promise<void> {
    const a = await boxOf(from);
    const b = await boxOf(to);
    const { mouse } = this.page;
    await mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await mouse.down();
    await mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 8 });
    await mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 8 });
    await mouse.up();
  }
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  expect(box, 'something to point at').not.toBeNull();
  return box ?? { x: 0, y: 0, width: 0, height: 0 };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const samples: Record<string, string> = { number: '1250', date: '2026-11-20', email: 'anna@example.com' };

/**
 * Fills the empty fields of a start form in a dialog with something that fits.
 * @param given values by label, put in whatever is there already
 */
export async function fillStartForm(form: Locator, given: Record<string, string> = {}): Promise<void> {
  for (const [label, value] of Object.entries(given))
    await form
      .getByLabel(new RegExp(`^${escaped(label)}`, 'i'))
      .first()
      .fill(value);
  const fields = form.locator('input:not([type=checkbox]):not([type=hidden]), textarea');
  for (let index = 0; index < (await fields.count()); index += 1) {
    const field = fields.nth(index);
    if ((await field.isDisabled()) || !(await field.isVisible()) || (await field.inputValue()) !== '') continue;
    const kind = await field.evaluate((node) => {
      const input = node as HTMLInputElement;
      if (input.readOnly) return 'choice';
      return input.inputMode === 'numeric' || input.inputMode === 'decimal' ? 'number' : input.type;
    });
    if (kind === 'choice') {
      await field.click();
      await field.page().getByRole('option').first().click();
    } else {
      await field.fill(samples[kind] ?? 'Train to Lyon, two nights');
    }
  }
}
