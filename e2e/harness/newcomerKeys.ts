import type { Locator } from 'playwright-core';
import { until } from './client.ts';
import { type Complaint, isFocused, Newcomer } from './newcomer.ts';
import { owner } from './server.ts';

/** The same person without a mouse: Tab, arrows, Enter, Escape, words, and the keys of the sheet of shortcuts. */
export class KeyboardNewcomer extends Newcomer {
  override async signIn(): Promise<void> {
    const { page } = this;
    await this.tabTo(page.getByLabel(/e-?mail/i));
    await this.type(owner.email);
    await this.tabTo(page.getByLabel('Password', { exact: true }));
    await this.type(owner.password);
    await this.press('Enter');
    await page.getByRole('link', { name: 'Home' }).first().waitFor();
  }

  override async begin(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Start blank/ }).waitFor();
    await this.press('n');
    const field = this.page.getByRole('dialog').getByLabel('Name', { exact: true });
    await until('the name to have the keys', () => isFocused(field));
    await this.type(name);
    await this.press('Enter');
    await this.step('Start').waitFor();
  }

  override async draw(): Promise<void> {
    const about = this.page.getByRole('complementary', { name: 'About the step' });
    await until('the canvas to have the keys', () => isFocused(this.page.getByRole('region', { name: 'Canvas' })));
    await this.press('ArrowRight');
    await this.has(this.step('Start'));
    await this.inside('Start');
    for (const input of ['customer', 'complaint']) {
      await this.tabTo(about.getByRole('button', { name: 'Add an input' }));
      await this.press('Enter');
      await until('the new name to have the keys', () =>
        isFocused(about.getByLabel('Name of the value', { exact: true }).last()),
      );
      await this.type(input);
    }

    await this.next('Start', 'Write with AI');
    await this.replace(about.getByRole('textbox', { name: 'What should be written?' }), 'Write a short answer to ');
    await this.value('customer');
    await this.type(', who says: ');
    await this.value('complaint');

    await this.next('Write with AI', 'Ask for a review');
    await this.replace(about.getByRole('textbox', { name: 'Title in the inbox' }), 'Answer to ');
    await this.value('customer');
    await this.tabTo(about.getByRole('button', { name: 'Show an earlier value' }));
    await this.press('Enter');
    await this.typeValue('generated_text');

    await this.next('Ask for a review', 'Decide');
    await this.tabTo(about.getByRole('button', { name: 'Choose the value that decides' }));
    await this.press('Enter');
    await this.typeValue('decision');
    await this.back('Decide');

    // the first branch that leads nowhere yet is joined with the end that is there
    await this.press('c');
    await this.walkTo('End', 'ArrowRight');
    await this.press('Enter');
    await this.walkTo('Decide', 'ArrowLeft');
    await this.next('Decide', 'Show a message', false);
    await this.replace(about.getByRole('textbox', { name: 'Message' }), 'To ');
    await this.value('customer');
    await this.type(': ');
    await this.value('generated_text');
    await this.back('Show a message');
    await this.press('n');
    await this.kind('End', 'End 2');
    await this.saved();
  }

  override async test(values: Complaint): Promise<void> {
    await this.search('Test the flow');
    await this.fill(values, 'Start the test');
    await this.page.getByText('Waiting for a review').first().waitFor();
  }

  override async decide(values: Complaint, decision: 'Approve' | 'Reject'): Promise<void> {
    await this.search(`Answer to ${values.customer}`);
    await this.page.getByRole('heading', { name: `Answer to ${values.customer}` }).waitFor();
    const button = this.page.getByRole('button', { name: decision });
    await button.waitFor();
    await this.press('Enter');
    await this.tabTo(button);
    await this.press('Enter');
    await this.decided();
  }

  override async open(flow: string): Promise<void> {
    await this.search(flow);
    await this.step('Start').waitFor();
  }

  override async publish(): Promise<void> {
    await this.search('Publish');
    const dialog = this.page.getByRole('dialog');
    await this.tabTo(dialog.getByRole('button', { name: 'Publish version 1' }));
    await this.press('Enter');
    await this.page.getByText('Version 1 published').first().waitFor();
  }

  override async run(values: Complaint): Promise<void> {
    await this.search('Run the published flow');
    await this.fill(values, 'Run');
    await this.page.waitForURL('**/runs/*');
  }

  /** Presses Tab until something has the keys. */
  private async tabTo(what: Locator): Promise<void> {
    await what.waitFor();
    for (let count = 0; count < 60; count += 1) {
      if (await isFocused(what)) return;
      await this.press('Tab');
    }
    throw new Error(`Tab does not lead to ${what}`);
  }

  private async has(what: Locator): Promise<void> {
    await until(`${what} to have the keys`, () => isFocused(what), 5_000);
  }

  /** Opens the step that has the keys. */
  private async inside(name: string): Promise<void> {
    await this.has(this.step(name));
    await this.press('Enter');
    await this.has(this.page.getByRole('tab', { name: 'Set up' }));
  }

  private async back(name: string): Promise<void> {
    await this.press('Escape');
    await this.has(this.step(name));
  }

  private async next(after: string, kind: string, fromInside = true): Promise<void> {
    if (fromInside) await this.back(after);
    await this.press('n');
    await this.kind(kind, kind);
    await this.inside(kind);
  }

  private async kind(kind: string, name: string): Promise<void> {
    await this.has(this.page.getByRole('combobox', { name: 'What comes next?' }));
    await this.type(kind);
    await this.press('Enter');
    await this.has(this.step(name));
  }

  private async walkTo(name: string, arrow: string): Promise<void> {
    for (let count = 0; count < 8; count += 1) {
      await this.press(arrow);
      await this.page.waitForTimeout(60);
      if (await isFocused(this.step(name))) return;
    }
    throw new Error(`${arrow} does not lead to ${name}`);
  }

  private async replace(field: Locator, text: string): Promise<void> {
    await this.tabTo(field);
    await this.type(text, true);
  }

  private async value(name: string): Promise<void> {
    await this.type('@');
    await this.typeValue(name);
  }

  private async typeValue(name: string): Promise<void> {
    const tree = this.page.getByRole('tree', { name: 'Choose a value' });
    await tree.waitFor();
    await this.type(name);
    await tree
      .getByRole('treeitem', { name: new RegExp(`^${name} `) })
      .first()
      .waitFor();
    await this.press('Enter');
    await tree.waitFor({ state: 'hidden' });
    await this.page.waitForTimeout(60);
  }

  private async fill(values: Complaint, button: string): Promise<void> {
    const form = this.page.getByRole('dialog');
    for (const [label, value] of Object.entries(values)) {
      await this.tabTo(form.getByLabel(new RegExp(`^${label}`, 'i')));
      await this.type(value, true);
    }
    await this.tabTo(form.getByRole('button', { name: button, exact: true }));
    await this.press('Enter');
    await form.waitFor({ state: 'hidden' });
  }

  /** Ctrl-K and the words of what is wanted. */
  private async search(words: string): Promise<void> {
    await this.press('Control+k');
    const field = this.page.getByRole('textbox', { name: 'Search flows, runs and actions' });
    await this.has(field);
    await this.type(words);
    await this.page
      .getByRole('button', { name: new RegExp(`^${words}`) })
      .first()
      .waitFor();
    await this.press('Enter');
    await field.waitFor({ state: 'hidden' });
  }
}
