import { copySteps, pasteSteps } from '@rondo/desktop/renderer/canvas/clipboard/clip.ts';
import { feed, settleInputs } from '@rondo/desktop/renderer/canvas/dataGestures.ts';
import { addStep, connectSteps, edgeKey, removeSteps, whyNotConnect } from '@rondo/desktop/renderer/canvas/drawing.ts';
import { groupsOf, writeGroup, writeNote } from '@rondo/desktop/renderer/canvas/frames/frames.ts';
import type { GestureDraft } from '@rondo/desktop/renderer/canvas/gesture.ts';
import { placeOf, setIn } from '@rondo/desktop/renderer/canvas/gesture.ts';
import { replaceStep } from '@rondo/desktop/renderer/canvas/replace/replaceStep.ts';
import { loadTexts } from '@rondo/desktop/renderer/messages/language.ts';
import { type NodeKind, newNode } from '@rondo/shared/oas/create.ts';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Random } from '@rondo/shared/testing/random.ts';

// new steps are named in the viewer's language
await loadTexts(['editor']);

const kinds: readonly NodeKind[] = ['ai', 'decide', 'message', 'question', 'api', 'end'];
/** About how many steps the flow has while it is walked. */
const usual = 24;

/** One random gesture, built by the functions that the canvas builds it with. Nothing happens where none fits. */
export function randomGesture(draft: GestureDraft, random: Random): string {
  const view = draft.view();
  const steps = view.nodes;
  const step = random.pick(steps);
  const other = random.pick(steps);
  const full = steps.length > usual;
  switch (random.between(0, 13)) {
    case 0:
    case 1: {
      const branch = step.branches[0];
      const after = branch === undefined || random.chance(0.4) ? {} : { after: { node: step.id, branch } };
      if (!full) addStep(draft, newNode(random.pick(kinds)), { at: place(random), ...after });
      return 'Add a step';
    }
    case 2: {
      const edge = view.controlEdges.length > 0 ? random.pick(view.controlEdges) : undefined;
      if (!full && edge) addStep(draft, newNode(random.pick(kinds)), { at: place(random), into: edge });
      return 'Insert a step';
    }
    case 3:
      if (steps.length > 4) removeSteps(draft, full ? [step.id, other.id] : [step.id]);
      return 'Remove';
    case 4: {
      const branch = step.branches.length > 0 ? random.pick(step.branches) : undefined;
      if (branch !== undefined && !whyNotConnect(view, step.id, other.id))
        connectSteps(draft, step.id, branch, other.id);
      return 'Connect';
    }
    case 5: {
      const edges = [...view.controlEdges, ...view.dataEdges.filter((edge) => !edge.inferred)];
      if (edges.length > 0) draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(random.pick(edges)) });
      return 'Disconnect';
    }
    case 6:
      draft.run({ type: 'rename', component: step.id, name: `Step ${random.between(1, 9999)}` });
      return 'Rename';
    case 7:
    case 8:
      draft.run(...[step, other].map(({ id }) => ({ type: 'move' as const, node: id, ...place(random) })));
      return 'Move';
    case 9: {
      const clip = copySteps(draft.tree, view, positions(steps), [step.id, other.id]);
      if (!full && clip.nodes.length > 0) pasteSteps(draft, clip, { x: 40, y: 40 });
      return 'Paste';
    }
    case 10:
      if (step.type === 'LlmNode') {
        draft.run(setIn(placeOf(step.component), 'prompt_template', `Say {{ word_${random.between(1, 3)} }}`));
        settleInputs(draft, step.id);
      } else draft.run(setIn(placeOf(step.component), 'description', `About ${random.between(1, 999)}`));
      return 'Change a text';
    case 11: {
      const [input, source] = [step.inputs[0], other.outputs[0]];
      if (input && source && step.id !== other.id) {
        feed(draft, step.id, String(input.title), { node: other.id, output: String(source.title) });
      }
      return 'Choose a value';
    }
    case 12:
      if (random.chance(0.5)) {
        writeNote(draft, {
          id: crypto.randomUUID(),
          text: 'Mind this',
          color: 'blue',
          ...place(random),
          width: 216,
          height: 136,
        });
      } else if (groupsOf(view).length < 4) {
        writeGroup(draft, { id: crypto.randomUUID(), name: 'Together', steps: [step.id, other.id], folded: false });
      }
      return 'Note or group';
    default:
      if (step.id !== view.startId && step.type !== 'EndNode')
        replaceStep(draft, step.id, random.pick(['ai', 'message', 'question']));
      return 'Replace';
  }
}

function place(random: Random): { x: number; y: number } {
  return { x: random.between(0, 200) * 8, y: random.between(0, 100) * 8 };
}

function positions(steps: readonly NodeView[]): Map<string, { x: number; y: number }> {
  return new Map(steps.map((node) => [node.id, node.position ?? { x: 0, y: 0 }]));
}
