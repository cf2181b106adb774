import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { applyCommands } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { Random } from '@rondo/shared/testing/random.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOperation, type SignedIn, signIn } from '../harness/client.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { flakyDraft } from './flakyDraft.ts';
import { WalkedWindow } from './window.ts';

// Random gestures of the real canvas through the real editor, on a real server, by connections that lose requests and
// answers. What fails is made again with its seed: WALK_SEED=… npm test -- e2e/walk
const seed = Number(process.env.WALK_SEED ?? 20_261_126);
/** Commands that the whole walk makes; the long one is WALK_STEPS=5000. */
const steps = Number(process.env.WALK_STEPS ?? 1_000);

interface Row {
  seq: number;
  gesture: string | null;
  kind: 'edit' | 'undo' | 'redo';
  commands: EditCommand[];
}

describe(`a random walk of ${steps} commands (seed ${seed})`, { timeout: 60_000 + steps * 400 }, () => {
  let server: RunningServer;
  let owner: SignedIn;
  let other: SignedIn;

  beforeAll(async () => {
    server = await startServer();
    owner = await signIn(server.url);
    const { link } = await owner.call<{ link: string }>('POST', 'person.invite', { role: 'builder' });
    const account = { name: 'Ben', email: 'ben@example.com', password: 'another long password' };
    await callOperation(server.url, '', 'POST', 'invite.accept', { token: link.split('/').at(-1), ...account });
    other = await signIn(server.url, account);
  });
  afterAll(() => server?.stop());

  const text = async (flowId: string) => (await owner.call<{ text: string }>('GET', 'flow.get', { flowId })).text;
  const newFlow = async (name: string) =>
    (await owner.call<{ flowId: string }>('POST', 'flow.create', { name, sample: 'expense-approval' })).flowId;

  async function history(flowId: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let more = true; more; ) {
      const page = await owner.call<{ edits: Row[]; more: boolean }>('GET', 'flow.history', {
        flowId,
        limit: 5000,
        commands: true,
        ...(rows.length > 0 ? { before: rows.at(-1)?.seq } : {}),
      });
      rows.push(...page.edits);
      more = page.more;
    }
    return rows.reverse();
  }

  /** The draft is a document, and nothing is wrong with it but what drawing leaves unfinished. */
  function sound(document: string): JsonObject {
    const { tree, problems } = readDocument(document);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!tree) throw new Error('the draft cannot be read');
    const codes = validate(tree).flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
    expect([...new Set(codes)].filter((code) => !unfinished.has(code))).toEqual([]);
    return tree;
  }

  /** Every window shows what the server has; its journal makes the draft of the first text, and holds all that counts. */
  async function agreed(flowId: string, first: string, windows: WalkedWindow[]): Promise<void> {
    for (const window of windows) await window.settled();
    for (const window of windows) await window.refreshed();
    const now = await text(flowId);
    const tree = sound(now);
    for (const { editor } of windows) expect(JSON.stringify(editor.store.getState().tree)).toBe(JSON.stringify(tree));
    const rows = await history(flowId);
    const replayed = rows.reduce((state, { commands }) => applyCommands(state, commands).tree, sound(first));
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(tree));
    const inJournal = rows.flatMap(({ gesture, kind }) => (kind === 'edit' && gesture !== null ? [gesture] : []));
    expect(new Set(inJournal).size, 'no gesture is made twice').toBe(inJournal.length);
    const known = new Set(inJournal);
    for (const window of windows) {
      const lost = [...window.draft.acknowledged].filter((id) => !known.has(id));
      expect(lost, 'what was acknowledged is in the journal').toEqual([]);
      const dropped = window.made.filter((id) => !known.has(id) && !window.held.has(id));
      expect(dropped, 'what was not taken was asked about').toEqual([]);
      const order = window.made.filter((id) => known.has(id));
      expect(
        inJournal.filter((id) => order.includes(id)),
        'in the order in which it was made',
      ).toEqual(order);
    }
  }

  it('in one window: nothing is lost or made twice; undo of everything gives equal bytes, redo too', async () => {
    const random = new Random(seed);
    const flowId = await newFlow('Alone');
    const first = await text(flowId);
    const window = await WalkedWindow.open(flakyDraft(server.url, owner.cookie, flowId, random), random);
    const began = performance.now();
    const { counts } = window;
    const done = () => counts.gestures + counts.undo + counts.redo;
    while (done() < steps * 0.6) {
      await window.settled();
      const start = await text(flowId);
      let made = 0;
      let undone = 0;
      for (const until = done() + 60; done() < until; ) {
        const dice = random.next();
        if (dice < 0.08 && made > 0) {
          await window.step('undo');
          made--;
          undone++;
        } else if (dice < 0.12 && undone > 0) {
          await window.step('redo');
          made++;
          undone--;
        } else if (dice < 0.14) await window.reload();
        else if (window.gesture()) {
          made++;
          undone = 0;
          // people do not wait: several gestures are under way at once
          if (random.chance(0.4)) await window.settled();
        }
      }
      await window.settled();
      const end = await text(flowId);
      sound(end);
      const back = made;
      for (let i = 0; i < back; i++) await window.step('undo');
      expect(await text(flowId)).toBe(start);
      for (let i = 0; i < back; i++) await window.step('redo');
      expect(await text(flowId)).toBe(end);
    }
    await agreed(flowId, first, [window]);
    expect(window.held.size, 'alone, nothing is ever refused').toBe(0);
    say('one window', done(), began, [window]);
  });

  it.each([
    ['of one person', 0.2],
    ['of two people', 0.2],
  ])('in two windows %s: both end with what the server has, and nobody’s work is lost', async (whose, part) => {
    const random = new Random(seed + whose.length);
    const flowId = await newFlow(`Two windows ${whose}`);
    const first = await text(flowId);
    const cookies = [owner.cookie, whose === 'of two people' ? other.cookie : owner.cookie];
    const windows: WalkedWindow[] = [];
    for (const cookie of cookies) {
      windows.push(await WalkedWindow.open(flakyDraft(server.url, cookie, flowId, random), random));
    }
    const began = performance.now();
    const done = () => windows.reduce((sum, { counts }) => sum + counts.gestures + counts.undo + counts.redo, 0);
    let looked = 0;
    while (done() < steps * part) {
      const window = random.pick(windows);
      const dice = random.next();
      if (dice < 0.05) await window.step(random.pick(['undo', 'redo']));
      else if (dice < 0.08) await window.reload();
      else if (dice < 0.2) await window.refreshed();
      else {
        window.gesture();
        if (random.chance(0.3)) await window.settled();
      }
      if (done() - looked > 250) {
        looked = done();
        await agreed(flowId, first, windows);
      }
    }
    await agreed(flowId, first, windows);
    expect(
      windows.some(({ held }) => held.size > 0),
      'they were in each other’s way',
    ).toBe(true);
    say(`two windows ${whose}`, done(), began, windows);
  });
});

/** What drawing leaves unfinished until somebody goes on. */
const unfinished = new Set([
  'OAS-END-NONE',
  'OAS-END-UNREACHED',
  'OAS-NO-WAY-OUT',
  'OAS-BRANCH-OPEN',
  'OAS-INPUT-UNFED',
  'OAS-INPUT-LATE',
  'OAS-URL',
  'OAS-FLOW-OUTPUT',
  // a value of another type was chosen, which the canvas warns of
  'OAS-DATA-TYPE',
]);

function say(what: string, commands: number, began: number, windows: WalkedWindow[]) {
  const seconds = (performance.now() - began) / 1000;
  const sum = (of: (window: WalkedWindow) => number) => windows.reduce((total, window) => total + of(window), 0);
  console.info(
    `${what}: ${commands} commands in ${seconds.toFixed(1)} s (${Math.round(commands / seconds)}/s), ` +
      `${sum(({ counts }) => counts.undo)} undos, ${sum(({ counts }) => counts.redo)} redos, ` +
      `${sum(({ counts }) => counts.reloads)} reloads, ` +
      `${sum(({ draft }) => draft.lost.before)} requests and ${sum(({ draft }) => draft.lost.after)} answers lost, ` +
      `${sum(({ held }) => held.size)} gestures held, ${sum(({ counts }) => counts.merged)} chosen, ` +
      `${sum(({ counts }) => counts.given)} given up`,
  );
}
