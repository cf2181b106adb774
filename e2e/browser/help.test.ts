import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import { DrawingRoom } from '../harness/drawingRoom.ts';
import { fieldsWithoutHelp } from '../harness/fieldHelp.ts';
import { picture, visit } from '../harness/pages.ts';
import { startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: help beside each field: no Chromium was found.');

describe.skipIf(found === undefined)('help beside each field', () => {
  let room: DrawingRoom;
  let page: Page;
  let flowId: string;
  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    page = room.page;
    ({ flowId } = await room.owner.call<{ flowId: string }>('POST', 'flow.create', { name: 'Every kind' }));
  });
  afterAll(() => room?.close());

  it('of every kind of step, in every tab', async () => {
    room.remember('help');
    await page.goto(`/flows/${flowId}`);
    await room.flow.drawn(2);
    const palette = page.getByRole('complementary', { name: 'Steps to add' });
    const bare: Record<string, string[]> = {};
    const kinds = await palette
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''));
    for (const kind of kinds) {
      await palette.getByRole('button', { name: kind, exact: true }).click();
      await page.waitForTimeout(300);
      for (const tab of kind === kinds[0] ? ['Set up', 'Data', 'Test', 'Notes'] : ['Set up', 'Data']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.waitForTimeout(150);
        const names = await fieldsWithoutHelp(page.locator('.inspector'));
        if (names.length > 0) bare[`${kind}, ${tab}`] = names;
      }
    }
    expect(bare).toEqual({});
  });

  it('of every dialog that asks for something', async () => {
    room.remember('help-dialogs');
    const dialog = () => page.getByRole('dialog');
    const press = (name: string) => async () => page.getByRole('button', { name, exact: true }).first().click();
    const more = (item: string) => async () => {
      await press('More for this flow')();
      await page.getByRole('menuitem', { name: item }).click();
    };
    const choose = async (field: string, option: string) => {
      await dialog().getByRole('combobox', { name: field }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    const flow = `/flows/${flowId}`;
    const { flows } = await room.owner.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const published = flows.find(({ name }) => name === 'Expense approval')?.id ?? '';
    const { seq } = await room.owner.call<{ seq: number }>('GET', 'flow.get', { flowId: published });
    await room.owner.call('POST', 'flow.publish', { flowId: published, baseSeq: seq });
    const starts = `/flows/${published}/starts`;
    const forms: { path: string; open: () => Promise<void>; further?: (() => Promise<void>)[] }[] = [
      { path: '/flows?new=1', open: async () => dialog().waitFor() },
      { path: '/flows', open: press('New folder') },
      { path: flow, open: press('Publish') },
      {
        path: flow,
        open: more('Run settings'),
        further: [() => dialog().getByRole('textbox', { name: 'Key', exact: true }).fill('a')],
      },
      {
        path: starts,
        open: press('New webhook'),
        further: [
          () => dialog().getByText('More checks').click(),
          () => choose('Who may call it', 'Signed with a shared secret (HMAC)'),
          () => choose('What the flow gets', 'The whole body, in one input'),
          () => choose('What the flow gets', 'What a formula makes of it'),
          () => choose('Answer', 'When the run has finished, with its outputs'),
        ],
      },
      { path: starts, open: press('New start form') },
      { path: starts, open: press('Add a flow') },
      {
        path: '/schedules',
        open: press('New schedule'),
        further: [
          () => dialog().getByText('Days, overlap and what was missed').click(),
          ...['Every day', 'Every week', 'Every month', 'Every so often', 'Once', 'By an expression'].map(
            (often) => () => choose('How often', often),
          ),
        ],
      },
      {
        path: '/library',
        open: press('New tool'),
        further: ['Script', 'Web call', 'Flow', 'Formula'].map((kind) => () => choose('How it works', kind)),
      },
      { path: '/admin/people', open: press('Invite a person') },
      { path: '/admin/groups', open: press('New group') },
      { path: '/admin/keys', open: press('New API key') },
      { path: '/admin/secrets', open: press('New secret') },
      { path: '/notifications/settings', open: press('Rule for a flow') },
    ];
    const bare: Record<string, string[]> = {};
    for (const { path, open, further = [] } of forms) {
      await page.goto(path);
      await open();
      await dialog().getByRole('textbox').or(dialog().getByRole('combobox')).first().waitFor();
      const title = (await dialog().getByRole('heading').first().textContent()) ?? '';
      const names = new Set(await fieldsWithoutHelp(dialog()));
      for (const step of further) {
        await step();
        await page.waitForTimeout(150);
        for (const name of await fieldsWithoutHelp(dialog())) names.add(name);
      }
      await picture(page, `help-${title.slice(0, 18).trim().replaceAll(' ', '-').toLowerCase()}`);
      if (names.size > 0) bare[`${path}: ${title}`] = [...names];
    }
    expect(bare).toEqual({});
  });

  it('of the pages that ask who somebody is', async () => {
    const email = 'new@example.com';
    const { link } = await room.owner.call<{ link: string }>('POST', 'person.invite', { email, role: 'builder' });
    const { page: stranger, context } = await visit(room.browser, room.server.url);
    const bare: Record<string, string[]> = {};
    const look = async (at: Page, name: string) => {
      await at.locator('input[type=password]').waitFor();
      await picture(at, `help-${name}`);
      const names = await fieldsWithoutHelp(at.locator('main'));
      if (names.length > 0) bare[name] = names;
    };
    for (const path of ['/sign-in', new URL(link).pathname]) {
      await stranger.goto(path);
      await look(stranger, path.split('/')[1] ?? '');
    }
    await context.close();
    const fresh = await startServer({ withOwner: false });
    try {
      const first = await visit(room.browser, fresh.url);
      await first.page.goto('/');
      await first.page.getByLabel('Name of the workspace').waitFor();
      await look(first.page, 'set-up');
    } finally {
      await fresh.stop();
    }
    expect(bare).toEqual({});
  });
});
