import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newNode } from '@rondo/shared/oas/create.ts';
import { applyCommands } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { checkout, type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: versions of a flow, in a browser: no Chromium was found.');

interface Draft {
  text: string;
  seq: number;
}

describe.skipIf(found === undefined)('versions of a flow, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;
  let flowId: string;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    ({ flowId } = await owner.call<{ flowId: string }>('POST', 'flow.create', {
      name: 'Expenses',
      sample: 'expense-approval',
    }));
    inside = await visit(browser, server.url);
    page = inside.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const draft = () => owner.call<Draft>('GET', 'flow.get', { flowId });
  const exported = async () => (await owner.call<{ text: string }>('GET', 'flow.export', { flowId })).text;
  const remember = (name: string, of: () => Page = () => page) =>
    rememberFailure(name, () => ({ page: of(), complaints: inside.complaints }));
  const treeOf = (text: string) => {
    const { tree } = readDocument(text);
    if (!tree) throw new Error('unreadable');
    return tree;
  };
  const viewOf = (text: string) => openFlow(treeOf(text));

  /** Publishes version 1, then draws what version 1 has not: a new step, one that went, one that changed, one that moved. */
  async function drawnSince(): Promise<void> {
    const { seq, text } = await draft();
    await owner.call('POST', 'flow.publish', { flowId, baseSeq: seq, note: 'As we agreed in May' });
    const view = viewOf(text);
    const named = (type: string) => view.nodes.find((node) => node.type === type)?.id ?? '';
    const ai = named('LlmNode');
    const end = view.nodes.findLast((node) => node.type === 'EndNode');
    const after = view.controlEdges.find((edge) => edge.from === ai);
    const message = {
      ...newNode('message', { newId: () => crypto.randomUUID(), name: 'Say thanks' }),
      message: 'Thank you!',
    };
    const gestures: { label: string; commands: object[] }[] = [
      {
        label: 'Change the prompt',
        commands: [
          {
            type: 'set',
            component: ai,
            pointer: '/prompt_template',
            value: 'Judge this claim in one sentence: {{ description }}',
          },
        ],
      },
      { label: 'Add Say thanks', commands: [{ type: 'add', flow: view.id, node: message }] },
      { label: 'Disconnect', commands: [{ type: 'disconnect', flow: view.id, edge: after?.id ?? '' }] },
      { label: 'Move', commands: [{ type: 'move', node: end?.id ?? '', x: 1600, y: 600 }] },
    ];
    let number = seq;
    for (const { label, commands } of gestures)
      ({ seq: number } = await owner.call<{ seq: number }>('POST', 'flow.edit', {
        flowId,
        baseSeq: number,
        label,
        commands,
      }));
  }

  it('the draft against the published version: drawn, in words, and field by field', async () => {
    remember('versions');
    await drawnSince();
    await page.goto(`/flows/${flowId}`);
    await new DrawnFlow(page).drawn(3);
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('heading', { name: 'Versions of Expenses' }).waitFor();
    const list = page.getByRole('complementary', { name: 'What changed' });
    await list.getByRole('button', { name: /Added “Say thanks”/ }).waitFor();
    await list.getByRole('button', { name: 'Changed “Summarise the claim”' }).waitFor();
    await list.getByText('1 step only moved').waitFor();
    const canvas = page.getByRole('region', { name: 'What changed, drawn' });
    await canvas.getByRole('group', { name: 'Say thanks: Added' }).waitFor();
    await canvas.getByRole('group', { name: 'End: Only moved' }).waitFor();
    expect(await canvas.locator('.diff-line-removed').count()).toBe(1);
    // J goes through the list; what is chosen is told field by field, word by word
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const details = list.getByRole('region', { name: 'Before and after' });
    await details.locator('ins', { hasText: 'Judge' }).waitFor();
    await details.locator('del').first().waitFor();
    await page.keyboard.press('k');
    await picture(page, 'versions-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'versions-dark');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(inside.complaints).toEqual([]);
  });

  it('a version is put into the draft as one gesture, after saying what goes; undo brings all back', async () => {
    remember('versions-restore');
    const before = await exported();
    await page.getByRole('button', { name: 'What can be done with version 1' }).click();
    await page.getByRole('menuitem', { name: 'Restore into the draft' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Added “Say thanks”').waitFor();
    await picture(page, 'versions-restore');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('Version 1 is in the draft').waitFor();
    expect(await exported()).toBe(
      (await owner.call<{ text: string }>('GET', 'flow.version', { flowId, number: 1 })).text,
    );
    await page.getByText('Nothing changed between the two.').waitFor();
    await owner.call('POST', 'flow.undo', { flowId });
    expect(await exported()).toBe(before);
    await page.getByRole('button', { name: /^Restore version 1/ }).waitFor();
  });

  it('a file that was edited elsewhere is put together with the draft: one place to choose, the rest comes by itself', async () => {
    remember('versions-import');
    const { text, seq } = await draft();
    const view = viewOf(text);
    const ai = view.nodes.find((node) => node.type === 'LlmNode');
    const tell = view.nodes.find((node) => node.name === 'Tell the claimant');
    // elsewhere: another prompt, another name; here meanwhile: another prompt, too
    const elsewhere = applyCommands(treeOf(text), [
      { type: 'set', component: ai?.id ?? '', pointer: '/prompt_template', value: 'From the file: {{ description }}' },
      { type: 'rename', component: tell?.id ?? '', name: 'Write to the claimant' },
    ]).tree;
    await owner.call('POST', 'flow.edit', {
      flowId,
      baseSeq: seq,
      label: 'Prompt',
      commands: [
        { type: 'set', component: ai?.id, pointer: '/prompt_template', value: 'From the draft: {{ description }}' },
      ],
    });
    await page.goto(`/flows/${flowId}`);
    await new DrawnFlow(page).drawn(3);
    const file = {
      name: 'expenses.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(elsewhere)),
    };
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'More for this flow' }).click();
    await page.getByRole('menuitem', { name: 'Import into this flow' }).click();
    await (await chooser).setFiles(file);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 place was changed by both').waitFor();
    expect(await dialog.getByLabel('The file was made from').locator('option:checked').textContent()).toContain(
      'The draft after change',
    );
    await dialog.getByRole('button', { name: /Renamed “Tell the claimant” to “Write to the claimant”/ }).waitFor();
    await dialog.locator('.react-flow__node').first().waitFor();
    await picture(page, 'merge-light');
    expect(await seriousFindings(page)).toEqual([]);
    const apply = dialog.getByRole('button', { name: 'Put it into the draft' });
    expect(await apply.isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: /In the file/ }).check();
    await apply.click();
    await page.getByText('“expenses.json” is in the draft').waitFor();
    await new DrawnFlow(page).saved();
    const merged = viewOf(await exported());
    expect(merged.nodeById.get(ai?.id ?? '')?.component.prompt_template).toBe('From the file: {{ description }}');
    expect(merged.nodeById.get(tell?.id ?? '')?.name).toBe('Write to the claimant');
  });

  it('two windows change one prompt: the later one is asked, also after a reload, and nothing is lost', async () => {
    const second = await visit(browser, server.url);
    remember('versions-conflict', () => second.page);
    await signInAt(second.page);
    const name = 'Summarise the claim';
    for (const window of [page, second.page]) {
      await window.goto(`/flows/${flowId}`);
      await new DrawnFlow(window).drawn(3);
    }
    const ai = viewOf(await exported()).nodes.find((node) => node.type === 'LlmNode')?.id;
    const drawn = new DrawnFlow(second.page);
    await drawn.showAll();
    const inspector = await drawn.select(name);
    await second.context.setOffline(true);
    await inspector.getByLabel('Name', { exact: true }).first().fill('Mine of the second window');
    await second.page.keyboard.press('Tab');
    const { seq } = await draft();
    await owner.call('POST', 'flow.edit', {
      flowId,
      baseSeq: seq,
      label: 'Rename',
      commands: [{ type: 'rename', component: ai, name: 'Theirs of the first' }],
    });
    await second.context.setOffline(false);
    const dialog = second.page.getByRole('dialog', { name: 'Somebody else changed the same' });
    await dialog.waitFor({ timeout: 30_000 });
    expect(viewOf(await exported()).nodeById.get(ai ?? '')?.name).toBe('Theirs of the first');
    second.page.on('dialog', (question) => void question.accept());
    await second.page.reload();
    await dialog.waitFor({ timeout: 30_000 });
    await dialog.getByText('1 place was changed by both').waitFor();
    await dialog.locator('.step-name').first().waitFor();
    await picture(second.page, 'conflict-light');
    expect(await seriousFindings(second.page)).toEqual([]);
    await dialog.getByRole('radio', { name: /Mine/ }).check();
    await dialog.getByRole('button', { name: 'Keep this' }).click();
    await dialog.waitFor({ state: 'detached' });
    await drawn.saved();
    expect(viewOf(await exported()).nodeById.get(ai ?? '')?.name).toBe('Mine of the second window');
    await second.context.close();
  });

  it('the flow is saved as a picture, and told in words', async () => {
    remember('versions-picture');
    await page.getByRole('button', { name: 'More for this flow' }).click();
    await page.getByRole('menuitem', { name: 'Save as a picture' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: 'Picture of Expenses' }).waitFor();
    await picture(page, 'picture-light');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByText('Dark', { exact: true }).click();
    await dialog.getByText('SVG', { exact: true }).click();
    let saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const svg = readFileSync(await (await saved).path(), 'utf8');
    expect(svg).toMatch(/^<svg xmlns/);
    for (const step of viewOf(await exported()).nodes) expect(svg).toContain(`>${step.name.slice(0, 12)}`);
    expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/(?!api|erp)/);
    await page.getByRole('button', { name: 'More for this flow' }).click();
    await page.getByRole('menuitem', { name: 'Save as a picture' }).click();
    saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const png = readFileSync(await (await saved).path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(2000);
    writeFileSync(join(checkout, 'e2e', 'browser', 'screens', 'picture-of-flow.png'), png);

    await page.goto(`/flows/${flowId}/words?version=1`);
    await page.getByRole('heading', { name: 'Expenses' }).waitFor();
    await page.getByText('A person decides here.').first().waitFor();
    await page.getByRole('heading', { name: 'What leaves the house' }).waitFor();
    await picture(page, 'words-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'words-dark');
    await page.emulateMedia({ colorScheme: 'light', media: 'print' });
    await picture(page, 'words-print');
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(pages?.length, 'all of it is printed').toBeGreaterThan(1);
    await page.emulateMedia({ media: 'screen' });
    expect(inside.complaints).toEqual([]);
  });

  it('notes and groups that came, went, changed or moved are drawn and told in words', async () => {
    remember('versions-notes');
    const made = await owner.call<{ flowId: string }>('POST', 'flow.create', {
      name: 'Noted expenses',
      sample: 'expense-approval',
    });
    const current = () => owner.call<Draft>('GET', 'flow.get', made);
    const view = viewOf((await current()).text);
    const write = async (label: string, values: Record<string, object | string | undefined>) => {
      const commands = Object.entries(values).map(([place, value]) => ({
        type: 'set',
        component: view.id,
        pointer: `/metadata/__metadata_info__/rondo/${place}`,
        value,
      }));
      await owner.call('POST', 'flow.edit', { ...made, baseSeq: (await current()).seq, label, commands });
    };
    const note = (text: string, x: number, color = 'yellow') => ({ text, color, x, y: 330, width: 216, height: 110 });
    const [one, two, three, four] = view.nodes.toSorted((a, b) => (a.position?.x ?? 0) - (b.position?.x ?? 0));
    const steps = (...of: (typeof one)[]) => of.map((step) => step?.id ?? '');
    await write('Draw notes and groups', {
      notes: { n1: note('Ask Anna how long it takes', 0), n2: note('Who pays?', 260), n3: note('Stands here', 520) },
      groups: {
        g1: { name: 'Beginning', steps: steps(one, two) },
        g2: { name: 'Goes away', steps: steps(three) },
      },
    });
    await owner.call('POST', 'flow.publish', { ...made, baseSeq: (await current()).seq });
    await write('Draw others', {
      'notes/n1': note('Ask Berta how long it takes', 0, 'blue'),
      'notes/n2': undefined,
      'notes/n3': note('Stands here', 560),
      'notes/n4': note('Added later', 820, 'pink'),
      'groups/g1': { name: 'First of all', steps: steps(one, two) },
      'groups/g2': undefined,
      'groups/g3': { name: 'New group', steps: steps(four) },
    });
    await page.goto(`/flows/${made.flowId}/versions`);
    const list = page.getByRole('complementary', { name: 'What changed' });
    for (const words of [
      'Renamed the group “Beginning” to “First of all”',
      'Added the group “New group”',
      'Removed the group “Goes away”',
      'Changed the note “Ask Berta how long it takes”',
      'Added the note “Added later”',
      'Removed the note “Who pays?”',
    ])
      await list.getByRole('button', { name: words }).waitFor();
    await list.getByText('1 note only moved').waitFor();
    await list.getByText('6 places changed').waitFor();
    const canvas = page.getByRole('region', { name: 'What changed, drawn' });
    for (const words of [
      'First of all: Changed',
      'New group: Added',
      'Goes away: Removed',
      'Ask Berta how long it takes: Changed',
      'Added later: Added',
      'Who pays?: Removed',
      'Stands here: Only moved',
    ])
      await canvas.getByRole('group', { name: words }).waitFor();
    await canvas.getByRole('group', { name: 'Ask Berta how long it takes: Changed' }).click();
    const details = list.getByRole('region', { name: 'Before and after' });
    await details.locator('ins', { hasText: 'Berta' }).waitFor();
    await details.locator('del', { hasText: 'Yellow' }).waitFor();
    await list.getByRole('button', { name: 'Removed the note “Who pays?”' }).click();
    await canvas.locator('.diff-chosen .diff-card-removed', { hasText: 'Who pays?' }).waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.waitForTimeout(400);
    await picture(page, 'versions-notes-all');
    await list.getByRole('button', { name: 'Removed the note “Who pays?”' }).click();
    await list.getByRole('button', { name: 'Renamed the group “Beginning”' }).click();
    await page.waitForTimeout(400);
    await picture(page, 'versions-notes-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'versions-notes-dark');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(inside.complaints).toEqual([]);
  });
});
