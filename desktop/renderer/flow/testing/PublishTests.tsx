import { Button, Checkbox } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconLoader2 } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useMe } from '../../api/queries.ts';
import { useEditor, useEditorPage } from '../../canvas/EditorContext.tsx';
import { useT } from '../../messages/useT.ts';
import { TestRow } from './TestRow.tsx';
import { testsIn } from './testGestures.ts';
import { runTests, useTestResults } from './testResults.ts';
import './testing.css';

/** How the pinned tests of a draft stand, as far as publishing is concerned. */
export type TestsStand = 'none' | 'running' | 'passed' | 'failed';

/** Runs all pinned tests of the draft, once it has no errors, unless all have a result on exactly this draft. */
export function usePublishTests(ready: boolean) {
  const { editor, flowId } = useEditorPage();
  const tree = useEditor((state) => state.tree);
  const tests = useMemo(() => testsIn(tree), [tree]);
  const results = useTestResults(flowId, tree);
  const run = useCallback(async () => {
    await editor.flush();
    const { tree: saved } = editor.store.getState();
    await runTests(flowId, saved, testsIn(saved));
  }, [editor, flowId]);
  const missing = tests.some((test) => results[test.id] === undefined);
  useEffect(() => {
    if (ready && missing) void run();
  }, [ready, missing, run]);
  const slow = useSlow(ready && tests.length > 0);
  const states = tests.map((test) => results[test.id]?.verdict.state ?? 'running');
  const stand: TestsStand =
    tests.length === 0
      ? 'none'
      : states.includes('running')
        ? 'running'
        : states.every((state) => state === 'passed')
          ? 'passed'
          : 'failed';
  return { tests, results, stand, run, slow: slow && stand === 'running' };
}

/** Tests that take longer than this may never end: their flow is paused, or its limits keep them back. */
const slowMs = 10_000;

function useSlow(counting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!counting) return;
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => clearTimeout(timer);
  }, [counting]);
  return slow;
}

interface Props {
  checks: ReturnType<typeof usePublishTests>;
  anyway: boolean;
  onAnyway: (anyway: boolean) => void;
}

/** The pinned tests in the publish dialog: they run, and say what has not passed. */
export function PublishTests({ checks: { tests, results, stand, run, slow }, anyway, onAnyway }: Props) {
  const t = useT();
  const { may } = useMe();
  if (stand === 'none') return null;
  const open = tests.filter((test) => stand === 'running' || results[test.id]?.verdict.state !== 'passed');
  return (
    <section className="publish-tests" aria-label={t('testing.publish.title')}>
      <h3>{t('testing.publish.title')}</h3>
      <p className="publish-tests-stand" data-stand={stand} role="status">
        {stand === 'running' && <IconLoader2 size={18} className="turning" aria-hidden="true" />}
        {stand === 'passed' && <IconCircleCheck size={18} aria-hidden="true" />}
        {stand === 'failed' && <IconAlertCircle size={18} aria-hidden="true" />}
        <span>
          {stand === 'running' && t('testing.publish.running')}
          {stand === 'passed' && t('testing.publish.passed', { count: tests.length })}
          {stand === 'failed' && t('testing.publish.failed', { failed: open.length })}
        </span>
        {stand === 'failed' && (
          <Button size="compact-xs" variant="default" onClick={() => void run()}>
            {t('testing.publish.again')}
          </Button>
        )}
      </p>
      {open.length > 0 && (
        <ul className="test-rows">
          {open.map((test) => (
            <TestRow key={test.id} test={test} result={results[test.id]} />
          ))}
        </ul>
      )}
      {slow && <p className="faint">{t('testing.publish.slow')}</p>}
      {(stand === 'failed' || slow) &&
        (may('flow.publishUntested') ? (
          <Checkbox
            label={t('testing.publish.anyway')}
            description={t('testing.publish.anywayHelp')}
            checked={anyway}
            onChange={(event) => onAnyway(event.currentTarget.checked)}
          />
        ) : (
          <p className="faint">{t('testing.publish.onlyAdmin')}</p>
        ))}
    </section>
  );
}
