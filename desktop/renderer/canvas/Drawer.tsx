import { ActionIcon, Button } from '@mantine/core';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconExclamationCircle,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { problemWords } from '../messages/saidWords.ts';
import { useT } from '../messages/useT.ts';
import { useEditorPage, useFlowView, useUi } from './EditorContext.tsx';
import { titleOf } from './gesture.ts';
import { SourceChip } from './inspector/SourceChip.tsx';
import { typeName } from './inspector/types.ts';
import { Mend } from './Mend.tsx';
import type { DrawerTab } from './ui.ts';
import { showStep } from './ui.ts';
import { useLastValues } from './useLastValues.ts';
import './drawer.css';

const tabs: readonly DrawerTab[] = ['problems', 'runs', 'tests', 'data'];

/** The drawer at the bottom: problems, test runs, and all data of the flow. */
export function Drawer({ problems, runs, tests }: { problems: readonly Problem[]; runs: ReactNode; tests: ReactNode }) {
  const t = useT();
  const { ui } = useEditorPage();
  const open = useUi((state) => state.drawer);
  const tab = useUi((state) => state.drawerTab);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  return (
    <section className="drawer" data-open={open || undefined} aria-label={t('canvas.drawer')}>
      <div className="drawer-bar">
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            aria-expanded={open && tab === name}
            onClick={() => ui.setState({ drawer: !(open && tab === name), drawerTab: name })}
          >
            {t(`canvas.drawerTab.${name}`)}
            {name === 'problems' && errors > 0 && (
              <span className="count-error">
                <IconExclamationCircle size={15} stroke={2} aria-hidden="true" />
                {t('canvas.errors', { count: errors })}
              </span>
            )}
            {name === 'problems' && warnings > 0 && (
              <span className="count-warning">
                <IconAlertTriangle size={15} stroke={2} aria-hidden="true" />
                {t('canvas.warnings', { count: warnings })}
              </span>
            )}
          </button>
        ))}
        <ActionIcon
          variant="subtle"
          color="gray"
          className="drawer-fold"
          aria-label={open ? t('canvas.closeDrawer') : t('canvas.openDrawer')}
          onClick={() => ui.setState({ drawer: !open })}
        >
          {open ? <IconChevronDown size={18} stroke={1.75} /> : <IconChevronUp size={18} stroke={1.75} />}
        </ActionIcon>
      </div>
      {open && (
        // it scrolls, so the keyboard has to reach it
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region takes the focus
        <section className="drawer-body" tabIndex={0} aria-label={t(`canvas.drawerTab.${tab}`)}>
          {tab === 'problems' && <Problems problems={problems} />}
          {tab === 'runs' && runs}
          {tab === 'tests' && tests}
          {tab === 'data' && <AllData />}
        </section>
      )}
    </section>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  const t = useT();
  const { ui } = useEditorPage();
  const { view } = useFlowView();
  if (problems.length === 0) {
    return (
      <p className="drawer-fine">
        <IconCircleCheck size={18} stroke={1.75} aria-hidden="true" /> {t('canvas.noProblems')}
      </p>
    );
  }
  return (
    <ul className="problem-list">
      {problems.map((problem) => {
        const step = problem.componentId === undefined ? undefined : view.nodeById.get(problem.componentId);
        return (
          <li key={`${problem.code} ${problem.pointer} ${problem.message}`} data-severity={problem.severity}>
            {problem.severity === 'error' ? (
              <IconExclamationCircle size={17} stroke={1.75} aria-label={t('canvas.error')} />
            ) : (
              <IconAlertTriangle size={17} stroke={1.75} aria-label={t('canvas.warning')} />
            )}
            <span>
              {problemWords(problem, t)} {!step && <code>{problem.pointer}</code>}
            </span>
            {step && (
              <Button variant="subtle" size="compact-sm" onClick={() => showStep(ui, step.id, 'setup')}>
                {t('canvas.showStep', { name: step.name })}
              </Button>
            )}
            <Mend problem={problem} />
          </li>
        );
      })}
    </ul>
  );
}

/** Every value of the flow: where it comes from, its type, its last real value. */
function AllData() {
  const t = useT();
  const { view } = useFlowView();
  const last = useLastValues();
  const rows = useMemo(
    () =>
      view.nodes.flatMap((node) => (node.type === 'EndNode' ? [] : node.outputs.map((output) => ({ node, output })))),
    [view],
  );
  if (rows.length === 0) return <p className="faint">{t('canvas.data.noOutputs')}</p>;
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{t('canvas.data.value')}</th>
          <th scope="col">{t('canvas.data.type')}</th>
          <th scope="col">{t('canvas.data.usedBy')}</th>
          <th scope="col">{t('canvas.data.lastValue')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ node, output }) => {
          const title = titleOf(output);
          const users = view.dataEdges.filter((edge) => edge.source === node.id && edge.output === title);
          return (
            <tr key={`${node.id} ${title}`}>
              <td>
                <SourceChip
                  edge={{
                    id: '',
                    name: '',
                    source: node.id,
                    output: title,
                    destination: '',
                    input: '',
                    pointer: '',
                    inferred: false,
                  }}
                />
              </td>
              <td>{typeName(output, t)}</td>
              <td>
                {[...new Set(users.map((edge) => view.nodeById.get(edge.destination)?.name ?? ''))].join(', ') ||
                  t('canvas.data.unused')}
              </td>
              <td className="faint">{last.outputText(node.id, title)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
