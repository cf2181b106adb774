import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { rootFlow } from '@rondo/shared/oas/flow.ts';
import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useWrite } from '../api/queries.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { Drawer } from '../canvas/Drawer.tsx';
import type { EditorPage } from '../canvas/EditorContext.tsx';
import { EditorContext, useEditor, useEditorPage, useFlowView, useUi } from '../canvas/EditorContext.tsx';
import { parse } from '../canvas/editor.ts';
import { findFlow } from '../canvas/gesture.ts';
import { Inspector } from '../canvas/inspector/Inspector.tsx';
import type { PublishedFlow } from '../canvas/inspector/otherFlows.ts';
import { OtherFlowsContext } from '../canvas/inspector/otherFlows.ts';
import { MarksContext } from '../canvas/marks.ts';
import { Palette } from '../canvas/Palette.tsx';
import { runMarks } from '../canvas/runMarks.ts';
import { isTyping } from '../canvas/useCanvasKeys.ts';
import { LastRunContext } from '../canvas/useLastValues.ts';
import { useProblems } from '../canvas/useProblems.ts';
import { useT } from '../messages/useT.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { FlowBar } from './FlowBar.tsx';
import type { FlowRecord } from './flowApi.ts';
import { exportFlow, flowVersion, listFlows, renameFlow } from './flowApi.ts';
import { KeysDialog } from './KeysDialog.tsx';
import { PausedBanner } from './PausedBanner.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { StartDialog } from './StartDialog.tsx';
import { saveFile } from './saveFile.ts';
import { TestRuns } from './TestRuns.tsx';
import { useRunView } from './useRunView.ts';
import { VersionsDialog } from './VersionsDialog.tsx';

interface Props {
  page: EditorPage;
  record: FlowRecord;
  permissions: readonly string[];
  /** the record changed on the server: a version, a name */
  onRecord: () => void;
}

type Dialog = 'publish' | 'versions' | 'test' | 'start' | 'keys' | 'settings' | 'pause' | null;

/** Everything on the flow page, around one editor. */
export function FlowEditor(props: Props) {
  const otherFlows = useMemo(
    () => ({
      list: async () =>
        (await listFlows()).flows.filter((flow) => flow.id !== props.page.flowId).map(({ id, name }) => ({ id, name })),
      load: async (id: string) => {
        const tree = parse((await exportFlow(id)).text);
        const flow = tree && rootFlow(tree);
        if (!tree || !flow) return undefined;
        const { agentspec_version: _version, ...component } = flow;
        // what the flow refers to comes along
        const parts = tree.$referenced_components;
        return parts === undefined ? component : { ...component, $referenced_components: parts };
      },
      published: async () =>
        (await listFlows()).flows.flatMap(({ id, slug, name, publishedNumber }) =>
          publishedNumber === null || id === props.page.flowId ? [] : [{ id, slug, name, number: publishedNumber }],
        ),
      shape: async (flow: PublishedFlow) => {
        const tree = parse((await flowVersion(flow.id, flow.number)).text);
        const view = tree && findFlow(tree, null);
        return view && { inputs: view.inputs, outputs: view.outputs };
      },
    }),
    [props.page.flowId],
  );
  return (
    <EditorContext.Provider value={props.page}>
      <OtherFlowsContext.Provider value={otherFlows}>
        <MarksContext.Provider value={props.page.marks}>
          <ReactFlowProvider>
            <Page {...props} />
          </ReactFlowProvider>
        </MarksContext.Provider>
      </OtherFlowsContext.Provider>
    </EditorContext.Provider>
  );
}

function Page({ page, record, permissions, onRecord }: Props) {
  const t = useT();
  const { editor, ui, marks, editable } = page;
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<Dialog>(null);
  const problems = useProblems(page);
  const { tree, view } = useFlowView();
  const inner = useUi((state) => state.flow);
  const runId = useUi((state) => state.run);
  const run = useRunView(runId);
  const mayRun = permissions.includes('run.start');
  const mayGovern = permissions.includes('flow.publish');
  const pause = useWrite('flow', 'pause', ['flow', 'run', 'queue']);
  const waiting = useEditor((state) => state.pending.length > 0);
  const hasChanges = record.hasUnpublishedChanges || waiting;

  // the run that was chosen lights up on the canvas
  useEffect(() => {
    if (!run) {
      marks.setState({ run: null });
      return;
    }
    const draw = () => marks.setState({ run: runMarks(view, run, Date.now(), { tree, t }) });
    draw();
    if (run.state !== 'running' && run.state !== 'waiting') return;
    const timer = setInterval(draw, run.state === 'running' ? 1_000 : 20_000);
    return () => clearInterval(timer);
  }, [run, tree, view, marks, t]);

  // a flow inside that is gone (undone, removed) is left
  useEffect(() => {
    if (inner !== null && view.id !== inner) ui.setState({ flow: null });
  }, [inner, view.id, ui]);

  const step = useCallback(
    (what: 'undo' | 'redo') => {
      editor[what]().catch((error: unknown) => {
        notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) });
      });
    },
    [editor],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !editable || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const redo = key === 'y' || (key === 'z' && event.shiftKey);
      if (!redo && key !== 'z') return;
      event.preventDefault();
      step(redo ? 'redo' : 'undo');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [editable, step]);

  // leaving with something unsaved asks first; it would also be there after a reload
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (editor.store.getState().pending.length > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [editor]);

  const openTest = useCallback(() => setDialog('test'), []);
  const close = () => setDialog(null);
  const startInputs = useStartInputs(record, dialog === 'start');
  return (
    <LastRunContext.Provider value={run}>
      <div className="flow-page">
        <h1 className="only-read">{record.name}</h1>
        <FlowBar
          name={record.name}
          innerName={inner ? view.name : null}
          publishedNumber={record.publishedNumber}
          hasChanges={hasChanges}
          onRename={async (name) => {
            await renameFlow(page.flowId, name);
            onRecord();
          }}
          onExport={() => {
            editor
              .flush()
              .then(() => exportFlow(page.flowId))
              .then((file) => saveFile(file.fileName, file.text))
              .catch((error: unknown) => {
                notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) });
              });
          }}
          onVersions={() => setDialog('versions')}
          onTest={openTest}
          onStart={mayRun && record.publishedNumber !== null ? () => setDialog('start') : null}
          onPublish={permissions.includes('flow.publish') ? () => setDialog('publish') : null}
          onUndo={() => step('undo')}
          onRedo={() => step('redo')}
          onKeys={() => setDialog('keys')}
          onSettings={mayGovern ? () => setDialog('settings') : null}
          onPause={mayGovern && record.paused === null ? () => setDialog('pause') : null}
        />
        <Notice />
        <PausedBanner record={record} mayResume={mayGovern} onDone={onRecord} />
        <div className="flow-main">
          {editable && view.id !== '' && <Palette />}
          <div className="flow-middle">
            {view.id === '' && <p className="flow-none">{t('canvas.noFlow')}</p>}
            <Canvas key={view.id} />
            <Drawer
              problems={problems}
              runs={<TestRuns flowId={page.flowId} ui={ui} shown={runId} view={run} onTest={openTest} />}
            />
          </div>
          <Inspector onTest={openTest} />
        </div>
        {dialog === 'publish' && (
          <PublishDialog
            record={record}
            problems={problems}
            onClose={close}
            onPublished={() => {
              onRecord();
              close();
            }}
          />
        )}
        {dialog === 'versions' && <VersionsDialog flowId={page.flowId} onClose={close} />}
        {dialog === 'settings' && (
          <SettingsDialog
            record={record}
            inputs={view.inputs}
            onClose={close}
            onSaved={() => {
              onRecord();
              close();
            }}
          />
        )}
        {dialog === 'pause' && (
          <ConfirmDialog
            title={t('flow.pause.title', { name: record.name })}
            words={t('flow.pause.words')}
            action={t('flow.pause.action')}
            busy={pause.isPending}
            error={pause.error?.message}
            onClose={close}
            onYes={() =>
              pause.mutate(
                { flowId: page.flowId },
                {
                  onSuccess: () => {
                    onRecord();
                    close();
                  },
                },
              )
            }
          />
        )}
        {dialog === 'keys' && <KeysDialog onClose={close} />}
        {dialog === 'test' && (
          <StartDialog
            title={t('flow.testRun.title')}
            subtitle={t('flow.testRun.subtitle')}
            submitLabel={t('flow.testRun.start')}
            flowId={page.flowId}
            version="draft"
            inputs={view.inputs}
            before={() => editor.flush()}
            onClose={close}
            onStarted={(id) => {
              ui.setState({ run: id, drawer: true, drawerTab: 'runs' });
              close();
            }}
          />
        )}
        {dialog === 'start' && startInputs && (
          <StartDialog
            title={t('flow.start.title', { name: record.name })}
            subtitle={t('flow.start.subtitle', { number: record.publishedNumber ?? 0 })}
            flowId={page.flowId}
            inputs={startInputs}
            onClose={close}
            onStarted={(id) => {
              close();
              notifications.show({ message: t('flow.start.started') });
              navigate(`/runs/${id}`);
            }}
          />
        )}
      </div>
    </LastRunContext.Provider>
  );
}

/** The inputs of the published version, read when they are needed. */
function useStartInputs(record: FlowRecord, wanted: boolean) {
  const { id, publishedNumber } = record;
  const version = useQuery({
    queryKey: ['canvas', 'version', id, publishedNumber],
    queryFn: async () => (publishedNumber === null ? null : flowVersion(id, publishedNumber)),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => {
    const tree = version.data ? parse(version.data.text) : undefined;
    return tree ? findFlow(tree, null)?.inputs : undefined;
  }, [version.data]);
}

/** A change that was not taken: said plainly, with what was not saved to copy. */
function Notice() {
  const t = useT();
  const notice = useEditor((state) => state.notice);
  const { editor } = useEditorPage();
  if (!notice) return null;
  const dismiss = () => editor.dismissNotice();
  if (notice.kind !== 'conflict') {
    return (
      <div className="flow-notice" role="alert">
        <span>{notice.message || t('canvas.unreadable')}</span>
        {notice.unsaved && <CopyUnsaved text={notice.unsaved} />}
        <Button size="compact-sm" variant="default" onClick={dismiss}>
          {t('flow.close')}
        </Button>
      </div>
    );
  }
  return (
    <Modal opened onClose={dismiss} title={<div className="dialog-title">{t('flow.conflict.title')}</div>}>
      <p>{notice.message}</p>
      <p className="faint">{t('flow.conflict.help')}</p>
      <footer className="dialog-foot">
        {notice.unsaved && <CopyUnsaved text={notice.unsaved} />}
        <Button onClick={dismiss}>{t('flow.conflict.goOn')}</Button>
      </footer>
    </Modal>
  );
}

function CopyUnsaved({ text }: { text: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => saveFile('unsaved.json', text),
        );
      }}
    >
      {copied ? t('flow.copied') : t('flow.copyUnsaved')}
    </Button>
  );
}
