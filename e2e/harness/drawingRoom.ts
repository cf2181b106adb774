import { type FlowView, openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { askSdk, findReferenceSdk } from '../oracle/referenceSdk.ts';
import { type findChromium, launchChromium } from './browser.ts';
import { DrawnFlow } from './canvas.ts';
import { type SignedIn, signIn } from './client.ts';
import { rememberFailure } from './failure.ts';
import { signInAt, type Visit, visit } from './pages.ts';
import { type RunningServer, startServer } from './server.ts';

type Chromium = NonNullable<Awaited<ReturnType<typeof findChromium>>>;

/** A server of its own, a browser, and its owner in front of a canvas. */
export class DrawingRoom {
  readonly server: RunningServer;
  readonly browser: Browser;
  readonly owner: SignedIn;
  readonly page: Page;
  readonly flow: DrawnFlow;
  readonly inside: Visit;

  private constructor(server: RunningServer, browser: Browser, owner: SignedIn, inside: Visit) {
    this.server = server;
    this.browser = browser;
    this.owner = owner;
    this.inside = inside;
    this.page = inside.page;
    this.flow = new DrawnFlow(inside.page);
  }

  static async open(found: Chromium): Promise<DrawingRoom> {
    const [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    const owner = await signIn(server.url);
    const inside = await visit(browser, server.url);
    await signInAt(inside.page);
    return new DrawingRoom(server, browser, owner, inside);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** Keeps a picture and the page's complaints when the test fails. */
  remember(name: string): void {
    rememberFailure(name, () => ({ page: this.page, complaints: this.inside.complaints }));
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** @returns the id of the flow that the document became */
  async import(document: string | JsonObject, fileName = 'flow.json'): Promise<string> {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    return (await this.owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName })).flowId;
  }

  /** Imports a document and opens it. */
  async show(document: JsonObject, at: Page = this.page): Promise<string> {
    const flowId = await this.import(document);
    await at.goto(`/flows/${flowId}`);
    await new DrawnFlow(at).drawn(2);
    return flowId;
  }

  /** The text as the server has it, without waiting for what is being saved. */
  async exported(flowId: string): Promise<string> {
    return (await this.owner.call<{ text: string }>('GET', 'flow.export', { flowId })).text;
  }

  /** The document as the server has it once everything is saved. */
  async tree(flowId: string): Promise<JsonObject> {
    await this.flow.saved();
    const { tree } = readDocument(await this.exported(flowId));
    if (!tree) throw new Error('unreadable');
    return tree;
  }

  /** The same, when it has to be one without errors. */
  async soundTree(flowId: string): Promise<JsonObject> {
    const tree = await this.tree(flowId);
    expect(validate(tree).filter((problem) => problem.severity === 'error')).toEqual([]);
    return tree;
  }

  async drawn(flowId: string): Promise<FlowView> {
    return openFlow(await this.tree(flowId));
  }

  /** The reference SDK takes what was drawn, where it is there. */
  async expectAccepted(flowId: string): Promise<void> {
    const sdk = findReferenceSdk();
    if ('python' in sdk)
      expect(askSdk(sdk.python, [{ text: await this.exported(flowId), ending: 'json' }])).toEqual([
        { accepted: true, reason: '' },
      ]);
  }
}

/** The control edges as `From > To` by the steps' names, sorted; `branch` says how a branch other than the only one is told. */
export function waysOf(view: FlowView, branch: (name: string) => string = () => ''): string[] {
  const name = (id: string) => view.nodeById.get(id)?.name ?? '';
  return view.controlEdges.map((edge) => `${name(edge.from)}${branch(edge.branch)} > ${name(edge.to)}`).sort();
}
