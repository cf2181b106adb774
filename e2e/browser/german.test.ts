import { german } from '@rondo/desktop/renderer/messages/testing/wholeCatalogue.ts';
import { makeWords } from '@rondo/desktop/renderer/messages/words.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, type Scheme, type Visit, visit } from '../harness/pages.ts';
import { owner, type RunningServer, startServer } from '../harness/server.ts';
import { cutOff, wordsOn } from '../harness/wording.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: an installation in German, in a browser: no Chromium was found.');

const t = makeWords('de', german);
/** Words that German sentences do not have. */
const englishWords =
  /(?<![\w./@-])(the|and|with|not|this|that|your|is|are|has|have|been|from|yet|nothing|no|of|for|to|every|at|it|by|what|which|run|step|flow|start|approve|reject|comment|claim|amount)(?![\w./@-])/;

/** A flow that is wrong in several ways; its names are German. */
const wrongFlow: JsonObject = {
  component_type: 'Flow',
  agentspec_version: '26.1.2',
  id: 'ablauf',
  name: 'Bestellung',
  start_node: { $component_ref: 'anfang' },
  nodes: ['anfang', 'weiche', 'ende'].map((id) => ({ $component_ref: id })),
  control_flow_connections: [
    {
      component_type: 'ControlFlowEdge',
      id: 'e1',
      name: 'e1',
      from_node: { $component_ref: 'anfang' },
      to_node: { $component_ref: 'weiche' },
    },
  ],
  data_flow_connections: [],
  $referenced_components: {
    anfang: { component_type: 'StartNode', id: 'anfang', name: 'Anfang', inputs: [], outputs: [] },
    weiche: {
      component_type: 'BranchingNode',
      id: 'weiche',
      name: 'Weiche',
      inputs: [{ title: 'wert', type: 'string' }],
      mapping: { ja: 'ja' },
      farbe: 'rot',
    },
    ende: { component_type: 'EndNode', id: 'ende', name: 'Ende', inputs: [], outputs: [] },
  },
};

describe.skipIf(found === undefined)('an installation in German, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let inside: Visit;
  let page: Page;
  let session: SignedIn;

  async function enter(scheme: Scheme = 'light', width = 1440, height = 900): Promise<Visit> {
    const visited = await visit(browser, server.url, scheme);
    await visited.context.addInitScript(() => window.localStorage.setItem('rondo.language', 'de'));
    await visited.page.setViewportSize({ width, height });
    return visited;
  }

  async function signInInGerman(at: Page): Promise<void> {
    await at.goto('/sign-in?locale=de');
    await at.locator('input[type=email]').fill(owner.email);
    await at.locator('input[type=password]').fill(owner.password);
    await at.getByRole('button', { name: t('entry.signIn.button') }).click();
    await at
      .getByRole('link', { name: t('shell.place.home') })
      .first()
      .waitFor();
  }

  /** What is taken back next is told when undo is pointed at. */
  async function undoSays(words: string): Promise<void> {
    await page.locator('.react-flow__pane').hover({ position: { x: 5, y: 5 } });
    await page.getByRole('button', { name: t('flow.undo'), exact: true }).hover();
    await page
      .getByRole('tooltip', { name: words })
      .or(page.getByText(words, { exact: true }))
      .first()
      .waitFor();
  }

  const treeOf = async (flowId: string): Promise<JsonObject> => {
    const { text } = await session.call<{ text: string }>('GET', 'flow.export', { flowId });
    return readDocument(text).tree ?? {};
  };

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer({ withOwner: false }), launchChromium(found)]);
    inside = await enter();
    page = inside.page;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));

  it('begins with samples in German', async () => {
    remember('german-setup');
    await page.goto('/setup?locale=de');
    await page.getByRole('textbox', { name: t('entry.name') }).fill(owner.name);
    await page.locator('input[type=email]').fill(owner.email);
    await page.locator('input[type=password]').first().fill(owner.password);
    await page.getByRole('button', { name: t('entry.setup.create') }).click();
    await page.getByText('Spesenfreigabe').first().waitFor();
    session = await signIn(server.url);
    const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    expect(flows.map(({ name }) => name).sort()).toEqual([
      'Aufnahme von Interessenten',
      'Sichtung von Supportanfragen',
      'Spesenfreigabe',
      'Vertragszusammenfassung',
      'Wochenbericht',
    ]);
    await picture(page, 'german-welcome');
  });

  it('says in German what is wrong with a flow: in the drawer, beside the step, with its repairs, at publishing', async () => {
    remember('german-problems');
    const text = JSON.stringify(wrongFlow);
    const { flowId } = await session.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'a.json' });
    await page.goto(`/flows/${flowId}`);
    await page.locator('.react-flow__node').first().waitFor();
    await page.getByRole('button', { name: t('canvas.drawerTab.problems') }).click();
    const list = page.locator('.problem-list');
    await list.getByText('Zum Ende „Ende“ führt nichts.').waitFor();
    const problems = await list.locator('li > span').allTextContents();
    expect(problems.length).toBeGreaterThan(4);
    expect(problems.filter((words) => englishWords.test(words))).toEqual([]);
    expect(problems.join('\n')).toContain('„Weiche“ braucht „wert“, bekommt aber keinen Wert dafür.');
    const unknown = list.locator('li', { hasText: '„farbe“' });
    await unknown.getByRole('button', { name: /^Beheben/ }).click();
    await page.getByRole('menuitem', { name: 'Entfernen' }).waitFor();
    await picture(page, 'german-problems');
    await page.getByRole('menuitem', { name: 'Entfernen' }).click();
    await undoSays('Rückgängig: Beheben: Entfernen');
    await page.locator('.react-flow__node', { hasText: 'Weiche' }).click();
    const beside = await page.locator('.inspector-problems li').allTextContents();
    expect(beside.length).toBeGreaterThan(0);
    expect(beside.filter((words) => englishWords.test(words))).toEqual([]);
    await page
      .getByRole('button', { name: t('flow.publish'), exact: true })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Zum Ende „Ende“ führt nichts.').waitFor();
    await picture(page, 'german-publish');
  });

  it('says in German what the server refuses', async () => {
    remember('german-refusals');
    await page.goto('/runs/019a0000-0000-7000-8000-000000000000');
    await page.getByText('Diesen Lauf gibt es nicht (mehr).').waitFor();
    await page.goto('/invite/nobody');
    await page.getByText('Diese Einladung gibt es nicht, oder sie wurde zurückgenommen.').waitFor();
    await page.goto('/flows');
    const folder = { name: 'Einkauf' };
    await session.call('POST', 'folder.create', folder);
    await page.reload();
    await page
      .getByRole('button', { name: t('flows.folder.new') })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('textbox').fill('Einkauf');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('flows.folder.make') })
      .click();
    await page.getByText('Einen Ordner „Einkauf“ gibt es schon. Wählen Sie einen anderen Namen.').waitFor();
    await picture(page, 'german-refused');
  });

  it('makes flows, steps and reviews with German words; what logic goes by stays', async () => {
    remember('german-made');
    await page.goto('/flows?new=1');
    await page.getByRole('dialog').getByRole('textbox').first().fill('Meine Bestellung');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('flows.new.create') })
      .click();
    await page.locator('.react-flow__node').nth(1).waitFor();
    const flowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const palette = page.getByRole('complementary', { name: t('canvas.palette') });
    const kinds = ['review', 'question', 'message', 'ai', 'agent', 'decide', 'formula', 'flow'] as const;
    for (const kind of kinds) {
      await palette.getByRole('button', { name: t(`canvas.kind.${kind}`), exact: true }).click();
      await undoSays(t('flow.undoWhat', { what: t('canvas.gesture.add', { name: t(`canvas.kind.${kind}`) }) }));
    }
    await page.getByText('Gespeichert').first().waitFor();
    await page.waitForTimeout(500);
    await picture(page, 'german-made');
    const tree = await treeOf(flowId);
    const names = openFlow(tree).nodes.map(({ name }) => name);
    expect(names.sort()).toEqual(['Start', 'Ende', ...kinds.map((kind) => t(`canvas.kind.${kind}`))].sort());
    const written = JSON.stringify(tree);
    for (const words of ['Genehmigen', 'Ablehnen', 'Kommentar', 'Übungsmodell', 'Wie soll es weitergehen?'])
      expect(written).toContain(`"${words}"`);
    expect(written).toContain('"name":"approve"');
    expect(written).toContain('pruefung_anfordern');
    expect(written).not.toMatch(/"(Approve|Reject|Comment|End|Practice model|All done\.)"/);
  });

  it('says in German when schedules fire', async () => {
    remember('german-schedules');
    const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const flowId = flows.find(({ name }) => name === 'Spesenfreigabe')?.id ?? '';
    const { seq } = await session.call<{ seq: number }>('GET', 'flow.get', { flowId });
    await session.call('POST', 'flow.publish', { flowId, baseSeq: seq });
    const inputs = { claimant: 'Anna', amount: 1250, purpose: 'Zwei Nächte in Lyon', server: server.url };
    for (const [name, times] of Object.entries({
      Montags: { cron: '0 9 * * 1' },
      Freitags: { cron: '0 17 * * 5L' },
      Oft: { kind: 'every', everySeconds: 1800 },
    }))
      await session.call('POST', 'schedule.create', { flowId, name, ...times, timeZone: 'Europe/Berlin', inputs });
    await session.call('POST', 'run.start', { flowId, inputs });
    await until('the review', async () => {
      const { reviews } = await session.call<{ reviews: object[] }>('GET', 'review.list', { state: 'open' });
      return reviews[0];
    });
    await page.goto('/schedules');
    for (const words of [
      'Jeden Montag um 09:00 (Europe/Berlin)',
      'Um 17:00, am letzten Freitag des Monats (Europe/Berlin)',
      'Alle 30 Minuten',
    ])
      await page.getByRole('cell', { name: words }).waitFor();
    await page.goto('/');
    await page.getByText('alle 30 min', { exact: true }).waitFor();
    await picture(page, 'german-home');
    await page.goto(`/flows/${flowId}/words`);
    await page.getByText('Jeden Montag um 09:00 (Europe/Berlin)').waitFor();
    await page.goto('/schedules');
    await page
      .getByRole('button', { name: t('schedules.new') })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Montag bis Freitag um 08:00').waitFor();
    await picture(page, 'german-new-schedule');
  });

  it('says in German why a call of a webhook was refused', async () => {
    remember('german-calls');
    const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const flowId = flows.find(({ name }) => name === 'Spesenfreigabe')?.id ?? '';
    const inputs = { by: 'formula', formula: '1 + body.amount' };
    const made = { flowId, name: 'Bestellungen', config: { inputs, allowedIps: [] } };
    await session.call('POST', 'webhook.create', { ...made, verify: 'none' });
    await session.call('POST', 'webhook.create', {
      ...made,
      name: 'Signiert',
      verify: 'hmac',
      secret: 'ein Geheimnis',
    });
    const { webhooks } = await session.call<{ webhooks: { name: string; address: string }[] }>('GET', 'webhook.list', {
      flowId,
    });
    const call = (name: string, type: string, body: string) =>
      fetch(webhooks.find((one) => one.name === name)?.address ?? '', {
        ...{ method: 'POST', headers: { 'content-type': type }, body },
      });
    const open = [
      [
        await call('Bestellungen', 'application/xml', '<a/>'),
        'Er kam als application/xml; senden Sie application/json',
      ],
      [
        await call('Bestellungen', 'application/json', '{"amount": "zwei"}'),
        'Die Zuordnung ist gescheitert: die Formel ist gescheitert: Rechts von „+“ muss eine Zahl stehen.',
      ],
    ] as const;
    const sealed = [[await call('Signiert', 'application/json', '{}'), /^Der Header [\w-]+ fehlt\.$/]] as const;
    for (const [calls, tries] of [open, sealed].entries()) {
      await page.goto(`/flows/${flowId}/starts`);
      await page
        .getByText(/heute abgewiesen|abgelehnt/)
        .nth(calls)
        .click();
      for (const [answer, words] of tries) {
        expect(answer.status).toBeGreaterThanOrEqual(400);
        await page.getByRole('dialog').getByText(words).waitFor();
      }
      await picture(page, `german-calls-${calls}`);
    }
  });

  it('says in German why runs failed: on their pages, side by side, on the first page and behind the bell', async () => {
    remember('german-failures');
    const start = { component_type: 'StartNode', id: 's', name: 'Start', inputs: [], outputs: [] };
    const end = { component_type: 'EndNode', id: 'e', name: 'Ende', inputs: [], outputs: [] };
    const made = async (name: string, configuration: JsonObject, type: string) => {
      const tool = { component_type: 'BuiltinTool', id: 'tool', name: type, tool_type: `rondo.${type}`, configuration };
      const inputs = [{ title: 'wann', type: 'string', default: 'bald' }];
      const step = {
        component_type: 'ToolNode',
        id: 'w',
        name: 'Warten',
        tool: { ...tool, inputs },
        inputs,
        outputs: [],
      };
      const edge = (from: string, to: string) => ({
        component_type: 'ControlFlowEdge',
        id: `${from}${to}`,
        name: `${from}${to}`,
        from_node: { $component_ref: from },
        to_node: { $component_ref: to },
      });
      const flow = {
        ...{ component_type: 'Flow', agentspec_version: '26.1.2', id: name, name, start_node: { $component_ref: 's' } },
        ...{ nodes: [start, step, end], control_flow_connections: [edge('s', 'w'), edge('w', 'e')] },
        data_flow_connections: [],
      };
      const text = JSON.stringify(flow);
      const { flowId } = await session.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'a.json' });
      await session.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
      const run = await session.call<{ runId: string; state: string }>('POST', 'run.start', {
        ...{ flowId, inputs: {}, waitSeconds: 20 },
      });
      expect(run.state).toBe('failed');
      return run.runId;
    };
    const late = await made('Warteschlange', { mode: 'until', until: '{{ wann }}' }, 'wait');
    const sum = await made('Rechnung', { expression: '1 + "zwei"' }, 'formula');
    const why = {
      [late]: '„Warten“ wartet bis „bald“, und das ist kein Zeitpunkt.',
      [sum]: 'Die Formel ist gescheitert: Rechts von „+“ muss eine Zahl stehen.',
    };
    for (const [runId, words] of Object.entries(why)) {
      await page.goto(`/runs/${runId}`);
      await page.getByText(words).first().waitFor();
      expect((await wordsOn(page)).filter((text) => englishWords.test(text) && !isName(text))).toEqual([]);
    }
    await picture(page, 'german-failure');
    await page.goto(`/runs/compare?a=${late}&b=${sum}`);
    for (const words of Object.values(why)) await page.locator('.compare-table').getByText(words).waitFor();
    await page.goto('/');
    await page.getByText(why[sum] ?? '').waitFor();
    await until('what was told', async () => {
      const told = await session.call<{ notifications: object[] }>('GET', 'notification.list');
      return told.notifications.length >= 2 && told;
    });
    await page.goto('/notifications');
    await page.getByRole('heading', { name: 'Rechnung ist gescheitert' }).waitFor();
    await page.getByText(/^Lauf \d+: „Warten“ wartet bis „bald“/).waitFor();
    await picture(page, 'german-notifications');
    // the client has told which language e-mails are written in
    expect(await session.call('GET', 'me.get')).toMatchObject({ user: { language: 'de' } });
  });

  it.concurrent.each([
    ['light', 1440],
    ['dark', 360],
  ] as const)(
    'leaves no English and cuts nothing off on any page, %s, %i wide',
    async (scheme, width) => {
      const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
      const flow = flows.find(({ name }) => name === 'Spesenfreigabe')?.id ?? '';
      const { runs } = await session.call<{ runs: { id: string }[] }>('GET', 'run.list');
      const { reviews } = await session.call<{ reviews: { id: string }[] }>('GET', 'review.list', { state: 'open' });
      const visited = await enter(scheme, width, width === 360 ? 740 : 900);
      const at = visited.page;
      await signInInGerman(at);
      const places: Record<string, string> = {
        home: '/',
        inbox: '/inbox',
        review: `/inbox/${reviews[0]?.id}`,
        flows: '/flows',
        'new-flow': '/flows?new=1',
        templates: '/flows/templates',
        canvas: `/flows/${flow}`,
        versions: `/flows/${flow}/versions`,
        starts: `/flows/${flow}/starts`,
        words: `/flows/${flow}/words`,
        runs: '/runs',
        run: `/runs/${runs[0]?.id}`,
        schedules: '/schedules',
        health: '/schedules/health',
        library: '/library',
        help: '/help/words',
        notifications: '/notifications',
        rules: '/notifications/settings',
        ...Object.fromEntries(
          ['people', 'groups', 'keys', 'secrets', 'queue', 'workers', 'audit', 'settings'].map((tab) => [
            `admin-${tab}`,
            `/admin/${tab}`,
          ]),
        ),
      };
      const left: Record<string, string[]> = {};
      for (const [name, path] of Object.entries(places)) {
        await at.goto(path);
        await at.getByRole('main').waitFor();
        await at.waitForLoadState('networkidle');
        await at.waitForTimeout(400);
        await picture(at, `german-${name}-${scheme}-${width}`);
        const words = (await wordsOn(at)).filter((text) => englishWords.test(text) && !isName(text));
        // nobody draws on a phone
        const cut = name === 'canvas' && width === 360 ? [] : (await cutOff(at)).map((text) => `cut off: ${text}`);
        if (words.length + cut.length > 0) left[name] = [...words, ...cut];
      }
      expect(left).toEqual({});
      await visited.context.close();
    },
    120_000,
  );

  /** Addresses, names of operations and of values, formulas: the same in every language. */
  function isName(text: string): boolean {
    const plain = text.replaceAll(/\{\{ \w+ \}\}/g, '').replaceAll(/\b(claimant|amount|purpose|comment|party)\b/g, '');
    return /^https?:|^[\w.-]+(, [\w.-]+)*$| [<>?] /.test(text) || !englishWords.test(plain);
  }
});
