import { Button } from '@mantine/core';
import type { PinnedTest } from '@rondo/shared/runs/pinnedTests.ts';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useEditor, useEditorPage, useGesture } from '../../canvas/EditorContext.tsx';
import { useT } from '../../messages/useT.ts';
import { TestDialog } from './TestDialog.tsx';
import { TestRow } from './TestRow.tsx';
import { keepTest, removeTest, testsIn } from './testGestures.ts';
import { runTests, useTestResults } from './testResults.ts';
import './testing.css';

/** The pinned tests of the flow in the drawer: run, looked at, edited. */
export function TestsTab() {
  const t = useT();
  const { editor, ui, flowId, editable } = useEditorPage();
  const gesture = useGesture();
  const tree = useEditor((state) => state.tree);
  const tests = useMemo(() => testsIn(tree), [tree]);
  const results = useTestResults(flowId, tree);
  const [edited, setEdited] = useState<PinnedTest | null>(null);
  const run = async (some: readonly PinnedTest[]) => {
    await editor.flush();
    await runTests(flowId, editor.store.getState().tree, some);
  };
  const failed = tests.filter((test) => ['failed', 'error'].includes(results[test.id]?.verdict.state ?? '')).length;
  if (tests.length === 0)
    return (
      <div className="tests-none">
        <b>{t('testing.tests.none.title')}</b>
        <p className="faint">{t('testing.tests.none.words')}</p>
        <Button size="compact-sm" variant="default" onClick={() => ui.setState({ drawer: true, drawerTab: 'runs' })}>
          {t('canvas.drawerTab.runs')}
        </Button>
      </div>
    );
  return (
    <>
      <div className="tests-bar">
        {editable && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerPlay size={14} />}
            onClick={() => void run(tests)}
          >
            {t('testing.tests.runAll')}
          </Button>
        )}
        <output className="faint">{t('testing.tests.summary', { count: tests.length, failed })}</output>
      </div>
      <ul className="test-rows" aria-label={t('testing.tests.list')}>
        {tests.map((test) => (
          <TestRow
            key={test.id}
            test={test}
            result={results[test.id]}
            onShow={(runId) => ui.setState({ run: runId })}
            {...(editable && {
              onRun: () => void run([test]),
              onEdit: () => setEdited(test),
              onRemove: () =>
                gesture(t('testing.gesture.removeTest', { name: test.name }), (draft) => removeTest(draft, test.id)),
            })}
          />
        ))}
      </ul>
      {edited && (
        <TestDialog
          test={edited}
          onKeep={(test) => {
            gesture(t('testing.gesture.editTest', { name: test.name }), (draft) => keepTest(draft, test));
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
