/**
 * `npm run bench -- --edit`: what the deletion of one step in five costs in a flow of 200, 1,000 and 5,000 steps, by the
 * processor's time and without a browser: the gesture as the canvas makes it, the server's part of it, and both parts
 * of its undo. `npm run bench -- --edit 1000` takes a flow of that many steps alone.
 */
import { removeSteps } from '@rondo/desktop/renderer/canvas/drawing.ts';
import { draftGesture } from '@rondo/desktop/renderer/canvas/gesture.ts';
import { applyCommands, treeAfter } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { drawnFlow } from './drawnFlow.ts';
import { median } from './load.ts';
import { line } from './table.ts';

const named = process.argv.slice(2).map(Number).filter(Boolean);
const sizes = named.length > 0 ? named : [200, 1_000, 5_000];
const turns = 3;

for (const steps of sizes) {
  const text = drawnFlow(steps);
  const taken: Record<string, number[]> = {};
  let many = 0;
  let commands = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const timed = <Result>(what: string, work: () => Result): Result => {
      const begun = process.cpuUsage();
      const result = work();
      const { user, system } = process.cpuUsage(begun);
      taken[what] = [...(taken[what] ?? []), (user + system) / 1_000];
      return result;
    };
    // each part has a tree of its own, as the window and the server have
    const read = () => JSON.parse(text) as JsonObject;
    const shown = read();
    const view = openFlow(shown);
    const ids = view.nodes.slice(steps * 0.3 + 5, steps * 0.5 + 5).map((node) => node.id);
    const draft = draftGesture(shown, view.id);
    timed('deleting: the gesture, in the window', () => removeSteps(draft, ids));
    const kept = timed('  the server: applied, with its inverse', () => applyCommands(read(), draft.commands));
    const undone = timed('undoing: the server, with the inverse of that', () => applyCommands(kept.tree, kept.inverse));
    timed('  in the window', () => treeAfter(draft.tree, kept.inverse));
    if (JSON.stringify(undone.tree) !== text) throw new Error('The undo did not lead back.');
    many = ids.length;
    commands = draft.commands.length;
  }
  console.log(`\n${many} of ${steps} steps, ${commands} commands`);
  for (const [what, times] of Object.entries(taken)) line(what, '', `${median(times).toFixed(0)} ms`);
}
