import type { Locator, Page } from 'playwright-core';
import { until } from './client.ts';
import { owner } from './server.ts';

/** What was done to get there: a click is one press of the mouse's button, also one that drags. */
export interface Effort {
  clicks: number;
  keys: number;
}

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

/** Values for a run of the newcomer's flow. */
export interface Complaint {
  customer: string;
  complaint: string;
}

/**
 * A person who has never seen this product and draws a flow with the mouse, typing only words: an answer to a
 * complaint is written, reviewed, and sent when the review approves it. Everything is found by what is to be seen.
 */
export class Newcomer {
  readonly page: Page;
  readonly effort: Effort = { clicks: 0, keys: 0 };

  constructor(page: Page) {
    this.page = page;
  }

  async signIn(): Promise<void> {
    const { page } = this;
    await this.click(page.getByLabel(/e-?mail/i));
    await this.type(owner.email);
    await this.click(page.getByLabel('Password', { exact: true }));
    await this.type(owner.password);
    await this.click(page.getByRole('button', { name: /sign in/i }));
    await page.getByRole('link', { name: 'Home' }).first().waitFor();
  }

  /** From home to an empty canvas. */
  async begin(name: string): Promise<void> {
    await this.click(this.page.getByRole('button', { name: /^Start blank/ }));
    await this.type(name);
    await this.click(this.page.getByRole('button', { name: 'Create' }));
    await this.step('Start').waitFor();
  }

  /** Draws the whole flow. */
  async draw(): Promise<void> {
    const { page } = this;
    await this.click(this.step('Start'));
    const about = page.getByRole('complementary', { name: 'About the step' });
    await about.getByRole('heading', { name: 'Start', exact: true }).waitFor();
    for (const input of ['customer', 'complaint']) {
      await this.click(about.getByRole('button', { name: 'Add an input' }));
      await until('the new name to have the keys', () =>
        isFocused(about.getByLabel('Name of the value', { exact: true }).last()),
      );
      await this.type(input);
    }

    await this.add('Write with AI');
    await this.write(about.getByRole('textbox', { name: 'What should be written?' }), 'Write a short answer to ');
    await this.insert('What should be written?', 'customer');
    await this.type(', who says: ');
    await this.insert('What should be written?', 'complaint');

    await this.add('Ask for a review');
    await this.write(about.getByRole('textbox', { name: 'Title in the inbox' }), 'Answer to ');
    await this.insert('Title in the inbox', 'customer');
    await this.click(about.getByRole('button', { name: 'Show an earlier value' }));
    await this.pick('generated_text');

    await this.add('Decide');
    await this.click(about.getByRole('button', { name: 'Choose the value that decides' }));
    await this.pick('decision');

    await this.click(this.step('Decide').getByRole('button', { name: 'Add a step after “approve”' }));
    await this.chooseNext('Show a message');
    await this.write(about.getByRole('textbox', { name: 'Message' }), 'To ');
    await this.insert('Message', 'customer');
    await this.type(': ');
    await this.insert('Message', 'generated_text');

    await this.click(this.step('Show a message').getByRole('button', { name: 'Add a step after “next”' }));
    await this.chooseNext('End', 'End 2');
    await this.connect('Decide', 'reject', 'End');
    await this.saved();
  }

  /** Tests what was drawn, until the review waits. */
  async test(values: Complaint): Promise<void> {
    await this.click(this.page.getByRole('button', { name: 'Test', exact: true }));
    await this.start(values, 'Start the test');
    await this.page.getByText('Waiting for a review').first().waitFor();
  }

  /** Decides the review in the inbox. */
  async decide(values: Complaint, decision: 'Approve' | 'Reject'): Promise<void> {
    await this.click(this.page.getByRole('link', { name: /^Inbox/ }).first());
    const item = this.page.getByRole('link', { name: new RegExp(`Answer to ${values.customer}`) });
    await this.click(item.first());
    await this.page.getByRole('heading', { name: `Answer to ${values.customer}` }).waitFor();
    await this.click(this.page.getByRole('button', { name: decision }));
    await this.decided();
  }

  async open(flow: string): Promise<void> {
    await this.click(this.page.getByRole('link', { name: 'Flows' }).first());
    await this.click(this.page.getByRole('link', { name: flow, exact: true }).first());
    await this.step('Start').waitFor();
  }

  async publish(): Promise<void> {
    await this.click(this.page.getByRole('button', { name: 'Publish', exact: true }));
    await this.click(this.page.getByRole('button', { name: 'Publish version 1' }));
    await this.page.getByText('Version 1 published').first().waitFor();
  }

  /** Runs what was published. */
  async run(values: Complaint): Promise<void> {
    await this.click(this.page.getByRole('button', { name: 'More for this flow' }));
    await this.click(this.page.getByRole('menuitem', { name: 'Run version 1' }));
    await this.start(values, 'Run');
    await this.page
      .getByRole('heading', { name: /Run 2|Answer complaints/ })
      .first()
      .waitFor();
  }

  /** Waits until the page says who has decided. */
  protected async decided(): Promise<void> {
    await this.page.getByRole('main').getByText(owner.name).first().waitFor();
  }

  /** A step on the canvas, by the words that stand for it. */
  step(name: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`“${name}”, step`) });
  }

  async saved(): Promise<void> {
    await this.page
      .getByText(/^Saved/)
      .first()
      .waitFor();
  }

  private async start(values: Complaint, button: string): Promise<void> {
    const form = this.page.getByRole('dialog');
    for (const [label, value] of Object.entries(values)) {
      await this.click(form.getByLabel(new RegExp(`^${label}`, 'i')));
      await this.type(value, true);
    }
    await this.click(form.getByRole('button', { name: button, exact: true }));
    await form.waitFor({ state: 'hidden' });
  }

  /** A step of the palette goes behind the one that is selected. */
  private async add(kind: string): Promise<void> {
    await this.saved();
    const palette = this.page.getByRole('complementary', { name: 'Steps to add' });
    await this.click(palette.getByRole('button', { name: kind, exact: true }));
    await this.page
      .getByRole('complementary', { name: 'About the step' })
      .getByRole('heading', { name: kind, exact: true })
      .waitFor();
  }

  private async chooseNext(kind: string, name = kind): Promise<void> {
    await this.click(this.page.getByRole('option', { name: kind, exact: true }));
    await this.page
      .getByRole('complementary', { name: 'About the step' })
      .getByRole('heading', { name, exact: true })
      .waitFor();
  }

  /** Replaces a text. */
  private async write(field: Locator, text: string): Promise<void> {
    await this.click(field);
    await this.type(text, true);
  }

  private async insert(field: string, value: string): Promise<void> {
    await this.click(this.page.getByRole('button', { name: `Insert a value into ${field}` }));
    await this.pick(value);
    await until('the text to have the keys again', () => isFocused(this.page.getByRole('textbox', { name: field })));
  }

  private async pick(value: string): Promise<void> {
    const tree = this.page.getByRole('tree', { name: 'Choose a value' });
    await this.click(tree.getByRole('treeitem', { name: new RegExp(`^${value} `) }).first());
    await tree.waitFor({ state: 'hidden' });
  }

  private async connect(from: string, branch: string, to: string): Promise<void> {
    await this.click(this.page.getByRole('button', { name: 'Show everything' }));
    const b = await standing(this.step(to));
    const a = await standing(this.step(from).getByTitle(`Way out: ${branch}`));
    const { mouse } = this.page;
    await mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await mouse.down();
    await mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 12 });
    await mouse.up();
    this.effort.clicks += 1;
  }

  protected async click(what: Locator): Promise<void> {
    await what.click();
    this.effort.clicks += 1;
  }

  protected async type(text: string, instead = false): Promise<void> {
    if (instead) await this.press('Control+a');
    await this.page.keyboard.type(text);
    this.effort.keys += text.length;
  }

  protected async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    this.effort.keys += 1;
  }
}

/** Does an element have the keys? */
export async function isFocused(what: Locator): Promise<boolean> {
  return what.evaluate((element) => element === document.activeElement).catch(() => false);
}

/** The place of what is to be seen, in CSS pixels of the page, when it has stopped moving. */
async function standing(what: Locator): Promise<Box> {
  let before: Box | null = null;
  return until(`${what} to stand still`, async () => {
    const now = await what.boundingBox();
    const stands = now !== null && JSON.stringify(now) === JSON.stringify(before);
    before = now;
    await what.page().waitForTimeout(60);
    return stands ? now : undefined;
  });
}
