import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MantineProvider } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import { exampleFiles, examplesFolder } from '@rondo/shared/testing/exampleDocuments.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import { createStore } from 'zustand/vanilla';
import { loadTexts } from '../../messages/language.ts';
import { EditorContext, viewOf } from '../EditorContext.tsx';
import { createEditor } from '../editor.ts';
import { createMarks, MarksContext } from '../marks.ts';
import { nothingKept } from '../pendingGestures.ts';
import type { CanvasUi, InspectorTab } from '../ui.ts';
import { createCanvasUi } from '../ui.ts';
import { Inspector } from './Inspector.tsx';

await loadTexts(['editor', 'said']);

/** Pieces of documents in the notation of an early draft: they hold no component that could be drawn. */
const fragments = /^(agent_calling_flow|flow_calling_agent|standalone_agent|standalone_flow)\./;
const all = exampleFiles().filter((name) => !fragments.test(name));
// the YAML beside a JSON document says the same
const files = all.filter((name) => !name.endsWith('.yaml') || !all.includes(name.replace('.yaml', '.json')));
if (files.length === 0)
  console.warn('SKIPPED: every step of every example in the inspector: the examples are missing.');

const tabs: readonly InspectorTab[] = ['setup', 'data', 'test', 'notes', 'json'];

/** Draws the inspector on a step as a page, and gives its words. */
function drawn(tree: JsonObject, flow: string | null, step: string, tab: InspectorTab): string {
  const refused = () => Promise.reject(new Error('Nothing is edited here.'));
  const editor = createEditor(
    { text: '', seq: 0, savedAt: null, undo: null, redo: null },
    { get: refused, edit: refused, undo: refused, redo: refused, since: refused },
    { load: () => nothingKept, save: () => {} },
    tree,
  );
  const state: CanvasUi = { ...createCanvasUi().getState(), selection: [step], tab, flow };
  const ui = createStore<CanvasUi>(() => state);
  const marks = createMarks();
  return renderToString(
    <Router ssrPath="/">
      <QueryClientProvider client={new QueryClient()}>
        <MantineProvider>
          <EditorContext.Provider value={{ flowId: 'flow', editor, ui, marks, editable: true }}>
            <MarksContext.Provider value={marks}>
              <Inspector onTest={() => {}} />
            </MarksContext.Provider>
          </EditorContext.Provider>
        </MantineProvider>
      </QueryClientProvider>
    </Router>,
  );
}

describe.skipIf(files.length === 0)('every step of every example opens in the inspector', () => {
  it.each(files)('%s', (file) => {
    const { tree } = readDocument(readFileSync(join(examplesFolder, file), 'utf8'), file);
    if (!tree) throw new Error(`${file} cannot be read.`);
    const inner = [...componentsOf(tree)].filter(([, { component }]) => component.component_type === 'Flow');
    const flows = [null, ...inner.map(([id]) => id)];
    let steps = 0;
    for (const flow of flows) {
      for (const node of viewOf(tree, flow).nodes) {
        steps += 1;
        for (const tab of tabs) {
          const html = drawn(tree, flow, node.id, tab);
          expect(html, `${node.name}, ${tab}`).toContain('role="tabpanel"');
          if (tab === 'setup') expect(html).toContain('<h2>');
        }
      }
    }
    expect(steps).toBeGreaterThan(0);
  });
});
