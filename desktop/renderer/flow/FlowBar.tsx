import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBolt,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDots,
  IconDownload,
  IconHistory,
  IconKeyboard,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useEditor, useEditorPage, useUi } from '../canvas/EditorContext.tsx';
import { useT } from '../messages/useT.ts';
import { NameInPlace } from './NameInPlace.tsx';

interface Props {
  name: string;
  publishedNumber: number | null;
  hasChanges: boolean;
  innerName: string | null;
  onRename: (name: string) => Promise<void>;
  onExport: () => void;
  onVersions: () => void;
  onTest: () => void;
  onStart: (() => void) | null;
  onPublish: (() => void) | null;
  onUndo: () => void;
  onRedo: () => void;
  onKeys: () => void;
  /** absent for those who may not govern the flow */
  onSettings: (() => void) | null;
  onPause: (() => void) | null;
}

/** The bar of the flow page: where one is, whether it is saved, and what can be done with the whole flow. */
export function FlowBar(props: Props) {
  const t = useT();
  const { ui, editable, flowId } = useEditorPage();
  const undo = useEditor((state) => state.undo);
  const redo = useEditor((state) => state.redo);
  const waiting = useEditor((state) => state.pending.length > 0);
  const inner = useUi((state) => state.flow);
  const lastLabel = useEditor((state) => state.pending.at(-1)?.label);
  const undoLabel = lastLabel ?? undo?.label;
  return (
    <div className="flow-bar">
      <nav aria-label={t('flow.path')}>
        <Link href="/flows">{t('flow.flows')}</Link>
        <span aria-hidden="true">{t('flow.slash')}</span>
        {inner ? (
          <>
            <button type="button" onClick={() => ui.setState({ flow: null, selection: [], edges: [] })}>
              {props.name}
            </button>
            <span aria-hidden="true">{t('flow.slash')}</span>
            <b>{props.innerName}</b>
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
              onClick={props.onUndo}
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
              onClick={props.onRedo}
            >
              <IconArrowForwardUp size={19} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
          <i className="flow-line" />
        </>
      )}
      <Tooltip label={t('flow.versions')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('flow.versions')} onClick={props.onVersions}>
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
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={props.onExport}>
            {t('flow.export')}
          </Menu.Item>
          {props.onStart && (
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={props.onStart}>
              {t('flow.runPublished', { number: props.publishedNumber ?? 0 })}
            </Menu.Item>
          )}
          <Menu.Item component={Link} href={`/flows/${flowId}/starts`} leftSection={<IconBolt size={16} />}>
            {t('triggers.menu')}
          </Menu.Item>
          {props.onSettings && (
            <Menu.Item leftSection={<IconAdjustments size={16} />} onClick={props.onSettings}>
              {t('flow.settings.title')}
            </Menu.Item>
          )}
          {props.onPause && (
            <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={props.onPause}>
              {t('flow.pause.action')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={props.onKeys}>
            {t('flow.keys')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" leftSection={<IconPlayerPlay size={16} stroke={1.75} />} onClick={props.onTest}>
        {t('flow.test')}
      </Button>
      {props.onPublish && <Button onClick={props.onPublish}>{t('flow.publish')}</Button>}
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
    <output className="flow-saved" title={savedAt ? new Date(savedAt).toLocaleString() : undefined}>
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
