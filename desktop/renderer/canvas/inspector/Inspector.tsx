import { ActionIcon, Menu } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { IconCopy, IconDotsVertical, IconTrash, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import { problemWords } from '../../messages/saidWords.ts';
import { useT } from '../../messages/useT.ts';
import { useCommands, useEditor, useEditorPage, useFlowView, useUi } from '../EditorContext.tsx';
import { useMarks } from '../marks.ts';
import { KindLine } from '../replace/KindLine.tsx';
import { StepIcon } from '../StepIcon.tsx';
import { kindOfNode } from '../steps.ts';
import type { InspectorTab } from '../ui.ts';
import { backToStep } from '../ui.ts';
import { usePositions } from '../usePositions.ts';
import { useStepActions } from '../useStepActions.ts';
import { DataTab } from './DataTab.tsx';
import { AreaField, LineField } from './fields.tsx';
import { Suggestions } from './fit/Suggestions.tsx';
import { IfItFails } from './IfItFails.tsx';
import { JsonTab } from './JsonTab.tsx';
import { NotesTab } from './NotesTab.tsx';
import { mayBeTriedAgain } from './policy.ts';
import { SetUp } from './SetUp.tsx';
import { TestTab } from './TestTab.tsx';
import './inspector.css';

const tabs: readonly InspectorTab[] = ['setup', 'data', 'test', 'notes', 'json'];

/** The panel at the right: everything about the selected step. */
export function Inspector({ onTest }: { onTest: () => void }) {
  const t = useT();
  const { ui } = useEditorPage();
  const open = useUi((state) => state.inspector);
  const selection = useUi((state) => state.selection);
  const { view } = useFlowView();
  const id = selection.length === 1 ? selection[0] : undefined;
  const node = id === undefined ? undefined : view.nodeById.get(id);
  if (!open || selection.length === 0) return null;
  if (!node) {
    return (
      <aside className="inspector" aria-label={t('canvas.inspector')}>
        <p className="faint inspector-none">{t('canvas.severalSelected', { count: selection.length })}</p>
      </aside>
    );
  }
  return (
    <aside
      className="inspector"
      aria-label={t('canvas.inspector')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && isLeft(event)) backToStep(ui, node.id);
      }}
    >
      <Head node={node} onClose={() => ui.setState({ inspector: false })} />
      <Body key={node.id} node={node} onTest={onTest} />
    </aside>
  );
}

/** True where Escape means the panel itself: not a list or a dialog that a field of it has opened. */
function isLeft(event: KeyboardEvent): boolean {
  return (
    event.target instanceof HTMLElement &&
    event.currentTarget.contains(event.target) &&
    event.target.getAttribute('aria-expanded') !== 'true'
  );
}

function Head({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree, view } = useFlowView();
  const actions = useStepActions(usePositions(view));
  const kind = kindOfNode(tree, node);
  return (
    <header className="inspector-head">
      <StepIcon kind={kind} />
      <div className="inspector-title">
        <h2>{node.name || node.type}</h2>
        <KindLine node={node} kind={kind} />
      </div>
      {editable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('canvas.stepMenu')}>
              <IconDotsVertical size={18} stroke={1.75} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => actions.duplicate([node.id])}>
              {t('canvas.duplicate')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={16} />}
              color="red"
              disabled={node.type === 'StartNode'}
              onClick={() => actions.remove([node.id])}
            >
              {t('canvas.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t('canvas.closeInspector')} onClick={onClose}>
        <IconX size={18} stroke={1.75} />
      </ActionIcon>
    </header>
  );
}

function Body({ node, onTest }: { node: NodeView; onTest: () => void }) {
  const t = useT();
  const { ui } = useEditorPage();
  const tab = useUi((state) => state.tab);
  const list = useRef<HTMLDivElement>(null);
  const entering = useUi((state) => state.entering === node.id);
  useEffect(() => {
    if (!entering) return;
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    ui.setState({ entering: null });
  }, [entering, ui]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? 'setup';
    ui.setState({ tab: next, entering: node.id });
  };
  return (
    <>
      <div
        ref={list}
        className="inspector-tabs"
        role="tablist"
        aria-label={t('canvas.inspector')}
        onKeyDown={onKeyDown}
      >
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`inspector-${name}`}
            aria-selected={tab === name}
            aria-controls="inspector-panel"
            tabIndex={tab === name ? 0 : -1}
            onClick={() => ui.setState({ tab: name })}
          >
            {t(`canvas.tab.${name}`)}
          </button>
        ))}
      </div>
      <div className="inspector-body" role="tabpanel" id="inspector-panel" aria-labelledby={`inspector-${tab}`}>
        {tab === 'setup' && <SetUpTab node={node} />}
        {tab === 'data' && <DataTab node={node} />}
        {tab === 'test' && <TestTab node={node} onTest={onTest} />}
        {tab === 'notes' && <NotesTab node={node} />}
        {tab === 'json' && <JsonTab node={node} />}
      </div>
    </>
  );
}

function SetUpTab({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const tree = useEditor((state) => state.tree);
  const run = useCommands();
  const problems = useMarks((marks) => marks.problems.get(node.id));
  const kind = useMemo(() => kindOfNode(tree, node), [tree, node]);
  return (
    <>
      {problems && problems.length > 0 && (
        <ul className="inspector-problems">
          {problems.map((problem) => (
            <li key={`${problem.code}${problem.pointer}${problem.message}`} data-severity={problem.severity}>
              {problemWords(problem, t)}
            </li>
          ))}
        </ul>
      )}
      <LineField
        label={t('canvas.step.name')}
        help={{ words: 'fieldHelp.step.name' }}
        value={node.name}
        disabled={!editable}
        onCommit={(text) => {
          const name = text.trim();
          if (name && name !== node.name)
            run(t('canvas.gesture.rename', { from: node.name, to: name }), {
              type: 'rename',
              component: node.id,
              name,
            });
        }}
      />
      <Suggestions node={node} />
      <SetUp node={node} kind={kind} />
      {mayBeTriedAgain(kind) && <IfItFails node={node} />}
      <AreaField
        label={t('canvas.step.description')}
        help={{ words: 'fieldHelp.step.description' }}
        value={node.description}
        rows={1}
        disabled={!editable}
        onCommit={(text) =>
          run(t('canvas.gesture.set', { name: node.name, field: t('canvas.step.description') }), {
            type: 'set',
            component: node.id,
            pointer: '/description',
            ...(text === '' ? {} : { value: text }),
          })
        }
      />
    </>
  );
}
