import { IconArrowBarRight, IconArrowBarToRight, IconPlayerTrackNext } from '@tabler/icons-react';
import type { TestKind } from '../ui.ts';
import type { CanvasCommand, CanvasContext } from './canvasContext.ts';
import { currentStep, isEditable, stepAtHand } from './canvasContext.ts';

const hasStep = (context: CanvasContext) =>
  isEditable(context) && (stepAtHand(context) !== undefined || currentStep(context) !== undefined);

function ask(context: CanvasContext, kind: TestKind): void {
  const node = stepAtHand(context) ?? currentStep(context)?.id;
  if (node !== undefined) context.page.ui.setState({ test: { kind, node } });
}

/** What is tried out of a flow: one step, from it on, up to it. */
export const testCommands: readonly CanvasCommand[] = [
  {
    id: 'test.step',
    label: 'testing.command.step',
    group: 'test',
    icon: IconPlayerTrackNext,
    keys: ['r'],
    when: hasStep,
    run: (context) => ask(context, 'step'),
  },
  {
    id: 'test.to',
    label: 'testing.command.to',
    group: 'test',
    icon: IconArrowBarToRight,
    keys: ['Shift+T'],
    when: hasStep,
    run: (context) => ask(context, 'to'),
  },
  {
    id: 'test.from',
    label: 'testing.command.from',
    group: 'test',
    icon: IconArrowBarRight,
    keys: ['Shift+R'],
    when: hasStep,
    run: (context) => ask(context, 'from'),
  },
];
