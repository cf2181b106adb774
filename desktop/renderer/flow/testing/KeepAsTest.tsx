import { Button } from '@mantine/core';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { outsideOf } from '@rondo/shared/runs/outside.ts';
import { isTestTooLarge, testFromRun } from '@rondo/shared/runs/pinnedTests.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { IconPinned } from '@tabler/icons-react';
import { useState } from 'react';
import { useEditor, useEditorPage, useGesture } from '../../canvas/EditorContext.tsx';
import { useT } from '../../messages/useT.ts';
import { tell } from '../../parts/tell.ts';
import { fullValues } from './fullValues.ts';
import { keepTest } from './testGestures.ts';

/** Makes a pinned test of a run of the whole flow with one click. */
export function KeepAsTest({ runId, number, run }: { runId: string; number: number; run: RunView }) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const tree = useEditor((state) => state.tree);
  const gesture = useGesture();
  const [problem, setProblem] = useState<string | null>(null);
  const { partial } = run;
  const whole = partial?.from === undefined && partial?.to === undefined && partial?.flow === undefined;
  if (!editable || !whole || !isTerminal(run.state) || run.state === 'cancelled') return null;
  const keep = async () => {
    const view = openFlow(tree);
    const outside = new Set([...outsideOf(tree, view).map((one) => one.path), ...Object.keys(partial?.given ?? {})]);
    const name = t('testing.tests.nameFor', { number });
    const steps = await Promise.all(
      run.steps.map(async (step) =>
        step.outputs ? { ...step, outputs: await fullValues([runId], step.outputs) } : step,
      ),
    );
    const [inputs, outputs] = await Promise.all([
      fullValues([runId], run.inputs),
      run.outputs && fullValues([runId], run.outputs),
    ]);
    const test = testFromRun({ ...run, steps, inputs, outputs }, view, { id: crypto.randomUUID(), name, outside });
    if (isTestTooLarge(test)) {
      setProblem(t('testing.tests.tooLarge'));
      return;
    }
    if (!gesture(t('testing.gesture.keep', { name }), (draft) => keepTest(draft, test))) return;
    ui.setState({ drawer: true, drawerTab: 'tests' });
    tell(t('testing.tests.kept', { name }));
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPinned size={14} />}
        onClick={() => {
          setProblem(null);
          keep().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
        }}
      >
        {t('testing.tests.keep')}
      </Button>
      {problem !== null && (
        <span className="step-error" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
