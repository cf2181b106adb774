import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDots,
  IconHistory,
} from '@tabler/icons-react';
import { Fragment, useEffect, useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { BoundCommand } from '../canvas/commands/command.ts';
import { useEditor, useEditorPage, useUi } from '../canvas/EditorContext.tsx';
import { wayTo } from '../canvas/inner/innerFlows.ts';
import { openInner } from '../canvas/ui.ts';
import { useT } from '../messages/useT.ts';
import { exactTime } from '../parts/times.ts';
import { Keys } from '../shell/Keys.tsx';
import { NameInPlace } from './NameInPlace.tsx';
import { TestMenu } from './testing/TestMenu.tsx';

interface Props {
  name: string;
  publishedNumber: number | null;
  hasChanges: boolean;
  onRename: (name: string) => Promise<void>;
  /** what can be done with the flow; see `flowCommands.ts` */
  commands: readonly BoundCommand[];
}

/** The commands behind the three dots, in the order of the list. */
const menu = [
  'flow.export',
  'flow.importInto',
  'flow.picture',
  'flow.words',
  'flow.start',
  'flow.starts',
  'flow.settings',
  'flow.pause',
  'flow.shortcuts',
];

/** The bar of the flow page: where one is, whether it is saved, and what can be done with the whole flow. */
export function FlowBar(props: Props) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const run = (id: string) => props.commands.find((command) => command.id === id)?.run();
  const may = (id: string) => props.commands.find((command) => command.id === id)?.enabled() ?? false;
  const undo = useEditor((state) => state.undo);
  const redo = useEditor((state) => state.redo);
  const waiting = useEditor((state) => state.pending.length > 0);
  const inner = useUi((state) => state.flow);
  const tree = useEditor((state) => state.tree);
  const way = useMemo(() => (inner === null ? [] : wayTo(tree, inner)), [tree, inner]);
  const lastLabel = useEditor((state) => state.pending.at(-1)?.label);
  const undoLabel = lastLabel ?? undo?.label;
  return (
    <div className="flow-bar">
      <nav aria-label={t('flow.path')}>
        <Link href="/flows">{t('flow.flows')}</Link>
        <span aria-hidden="true">{t('flow.slash')}</span>
        {inner ? (
          <>
            <button type="button" onClick={() => openInner(ui, null)}>
              {props.name}
            </button>
            {way.map((flow, index) => (
              <Fragment key={flow.id}>
                <span aria-hidden="true">{t('flow.slash')}</span>
                {index === way.length - 1 ? (
                  <b aria-current="page">{flow.name}</b>
                ) : (
                  <button type="button" onClick={() => openInner(ui, flow.id)}>
                    {flow.name}
                  </button>
                )}
              </Fragment>
            ))}
          </>
        ) : (
          <NameInPlace name={props.name} editable={editable} onRename={props.onRename} />
        )}
      </nav>
      {(props.hasChanges || props.publishedNumber === null) && <span className="flow-draft">{t('flow.draft')}</span>}
      <span className="flow-published">
        {props.publishedNumber === null
          ? t('flow.notPublished')
          : t('flow.isPublished', { number: props.publishedNumber })}
      </span>
      <span className="flow-space" />
      {editable && <Saved />}
      {editable && (
        <>
          <Tooltip label={undoLabel ? t('flow.undoWhat', { what: undoLabel }) : t('flow.undo')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('flow.undo')}
              disabled={!undo && !waiting}
              onClick={() => run('flow.undo')}
            >
              <IconArrowBackUp size={19} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={redo ? t('flow.redoWhat', { what: redo.label }) : t('flow.redo')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('flow.redo')}
              disabled={!redo || waiting}
              onClick={() => run('flow.redo')}
            >
              <IconArrowForwardUp size={19} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <i className="flow-line" />
        </>
      )}
      <Tooltip label={t('flow.versions')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('flow.versions')} onClick={() => run('flow.versions')}>
          <IconHistory size={19} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('flow.more')}>
            <IconDots size={19} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {props.commands
            .filter((command) => menu.includes(command.id) && command.enabled())
            .map((command) => (
              <Menu.Item
                key={command.id}
                leftSection={command.icon && <command.icon size={16} />}
                rightSection={command.keys?.[0] && <Keys shortcut={command.keys[0]} />}
                onClick={command.run}
              >
                {command.id === 'flow.start'
                  ? t('flow.runPublished', { number: props.publishedNumber ?? 0 })
                  : command.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <TestMenu onTest={() => run('flow.test')} />
      {may('flow.publish') && <Button onClick={() => run('flow.publish')}>{t('flow.publish')}</Button>}
    </div>
  );
}

/** Whether, and when, the last change was saved. */
function Saved() {
  const t = useT();
  const save = useEditor((state) => state.save);
  const savedAt = useEditor((state) => state.savedAt);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  if (save === 'offline') {
    return (
      <output className="flow-saved flow-unsaved">
        <IconCloudOff size={17} stroke={1.75} aria-hidden="true" />
        <span>{t('flow.notSaved')}</span>
      </output>
    );
  }
  if (save === 'saving') {
    return (
      <output className="flow-saved">
        <IconCloudUp size={17} stroke={1.75} aria-hidden="true" />
        <span>{t('flow.saving')}</span>
      </output>
    );
  }
  const age = savedAt ? Math.max(0, Math.max(now, Date.now()) - Date.parse(savedAt)) : null;
  return (
    <output className="flow-saved" title={savedAt ? exactTime(new Date(savedAt)) : undefined}>
      <IconCloudCheck size={17} stroke={1.75} aria-hidden="true" />
      <span>{age === null ? t('flow.saved') : savedWords(age, t)}</span>
    </output>
  );
}

function savedWords(age: number, t: ReturnType<typeof useT>): string {
  const seconds = Math.round(age / 1000);
  if (seconds < 60) return t('flow.savedSeconds', { seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('flow.savedMinutes', { minutes });
  const hours = Math.round(minutes / 60);
  return hours < 24 ? t('flow.savedHours', { hours }) : t('flow.savedDays', { days: Math.round(hours / 24) });
}
