import { notifications } from '@mantine/notifications';
import { rootFlow } from '@rondo/shared/oas/flow.ts';
import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useWrite } from '../api/queries.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { bindCommands } from '../canvas/commands/command.ts';
import { isTyping, runPressed } from '../canvas/commands/pressed.ts';
import { Drawer } from '../canvas/Drawer.tsx';
import type { EditorPage } from '../canvas/EditorContext.tsx';
import { EditorContext, useEditor, useFlowView, useUi } from '../canvas/EditorContext.tsx';
import { parse } from '../canvas/editor.ts';
import { FindPanel } from '../canvas/find/FindPanel.tsx';
import { findFlow } from '../canvas/gesture.ts';
import { Inspector } from '../canvas/inspector/Inspector.tsx';
import type { PublishedFlow } from '../canvas/inspector/otherFlows.ts';
import { OtherFlowsContext } from '../canvas/inspector/otherFlows.ts';
import { MarksContext } from '../canvas/marks.ts';
import { Outline } from '../canvas/outline/Outline.tsx';
import { Palette } from '../canvas/Palette.tsx';
import { runMarks } from '../canvas/runMarks.ts';
import { Said } from '../canvas/Said.tsx';
import { sayDone } from '../canvas/ui.ts';
import { LastRunContext } from '../canvas/useLastValues.ts';
import { useProblems } from '../canvas/useProblems.ts';
import { useT } from '../messages/useT.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { PictureDialog } from '../pictures/PictureDialog.tsx';
import { useOfferedCommands } from '../shell/pageCommands.ts';
import { HeldDialog } from '../versions/HeldDialog.tsx';
import { ImportInto } from '../versions/ImportInto.tsx';
import { FlowBar } from './FlowBar.tsx';
import type { FlowRecord } from './flowApi.ts';
import { exportFlow, flowVersion, listTools, renameFlow } from './flowApi.ts';
import type { FlowDialog } from './flowCommands.ts';
import { flowCommands } from './flowCommands.ts';
import { PausedBanner } from './PausedBanner.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { publishedShape } from './publishedShape.ts';
import { SettingsDialog } from './SettingsDialog.tsx';
import { StartDialog } from './StartDialog.tsx';
import { saveFile } from './saveFile.ts';
import { TestRuns } from './TestRuns.tsx';
import { PartDialog } from './testing/PartDialog.tsx';
import { TestAllDialog } from './testing/TestAllDialog.tsx';
import { TestsTab } from './testing/TestsTab.tsx';
import { lastValuesOf, useLastRun } from './testing/useLastRun.ts';
import { UnsavedNotice } from './UnsavedNotice.tsx';
import { useRunView } from './useRunView.ts';

interface Props {
  page: EditorPage;
  record: FlowRecord;
  permissions: readonly string[];
  /** the record changed on the server: a version, a name */
  onRecord: () => void;
}

/** Everything on the flow page, around one editor. */
export function FlowEditor(props: Props) {
  const otherFlows = useMemo(
    () => ({
      load: async (id: string) => {
        const tree = parse((await exportFlow(id)).text);
        const flow = tree && rootFlow(tree);
        if (!tree || !flow) return undefined;
        const { agentspec_version: _version, ...component } = flow;
        // what the flow refers to comes along
        const parts = tree.$referenced_components;
        return parts === undefined ? component : { ...component, $referenced_components: parts };
      },
      shape: (flow: PublishedFlow) => publishedShape(flow.id, flow.number),
      tools: listTools,
    }),
    [],
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
  const [dialog, setDialog] = useState<FlowDialog | null>(null);
  const problems = useProblems(page);
  const { tree, view } = useFlowView();
  const inner = useUi((state) => state.flow);
  const runId = useUi((state) => state.run);
  const side = useUi((state) => state.side);
  const run = useRunView(runId);
  const { mayRun } = record;
  const mayGovern = permissions.includes('flow.publish');
  const pause = useWrite('flow', 'pause', ['flow', 'run', 'queue']);
  const waiting = useEditor((state) => state.pending.length > 0);
  const hasChanges = record.hasUnpublishedChanges || waiting;

  // the run that was chosen lights up on the canvas
  useEffect(() => {
    // a part of another flow of the document has nothing to say here
    if (!run || (run.partial?.flow !== undefined && run.partial.flow !== view.id)) {
      marks.setState({ run: null, values: null });
      return;
    }
    const draw = () => marks.setState({ run: runMarks(view, run, Date.now(), { tree, t }), values: run });
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
      const { pending, undo, redo } = editor.store.getState();
      const label = (what === 'undo' ? (pending.at(-1)?.label ?? undo?.label) : redo?.label) ?? '';
      editor[what]().then(
        () => sayDone(ui, t(what === 'undo' ? 'flow.undoWhat' : 'flow.redoWhat', { what: label })),
        (error: unknown) => {
          notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) });
        },
      );
    },
    [editor, t, ui],
  );
  const commands = useMemo(
    () =>
      bindCommands(
        flowCommands,
        {
          page,
          mayRun,
          mayGovern,
          published: record.publishedNumber !== null,
          paused: record.paused !== null,
          step,
          open: setDialog,
          go: navigate,
          exportFile: () => {
            editor
              .flush()
              .then(() => exportFlow(page.flowId))
              .then((file) => saveFile(file.fileName, file.text))
              .catch((error: unknown) => {
                notifications.show({ color: 'red', message: error instanceof Error ? error.message : String(error) });
              });
          },
        },
        t,
      ),
    [page, mayRun, mayGovern, record.publishedNumber, record.paused, step, navigate, editor, t],
  );
  useOfferedCommands(useCallback(() => commands, [commands]));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isTyping(event.target)) runPressed(commands, event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands]);

  // leaving with something unsaved asks first; it would also be there after a reload
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (editor.store.getState().pending.length > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [editor]);

  const last = useLastRun(page.flowId, runId, run);
  const lastValues = useMemo(() => lastValuesOf(last), [last]);
  const part = useUi((state) => state.test);
  const partNode = part && view.nodeById.get(part.node);
  const noPart = () => ui.setState({ test: null });
  const showRun = (id: string) => {
    ui.setState({ run: id, drawer: true, drawerTab: 'runs', test: null });
    setDialog(null);
  };
  const openTest = useCallback(() => setDialog('test'), []);
  const close = useCallback(() => setDialog(null), []);
  const startInputs = useStartInputs(record, dialog === 'start');
  return (
    <LastRunContext.Provider value={lastValues}>
      <div className="flow-page">
        <h1 className="visually-hidden">{record.name}</h1>
        <FlowBar
          name={record.name}
          publishedNumber={record.publishedNumber}
          hasChanges={hasChanges}
          onRename={async (name) => {
            await renameFlow(page.flowId, name);
            onRecord();
          }}
          commands={commands}
        />
        <UnsavedNotice />
        <HeldDialog editor={editor} />
        <ImportInto
          flowId={page.flowId}
          editor={editor}
          editable={editable}
          asked={dialog === 'import'}
          onAsked={close}
        />
        {dialog === 'picture' && <PictureDialog name={record.name} tree={tree} flow={inner} onClose={close} />}
        <PausedBanner record={record} mayResume={mayGovern} onDone={onRecord} />
        <div className="flow-main">
          {view.id !== '' && side === 'outline' && <Outline key={view.id} />}
          {view.id !== '' && side === 'palette' && editable && <Palette />}
          <div className="flow-middle">
            {view.id === '' && <p className="flow-none">{t('canvas.noFlow')}</p>}
            <Canvas key={view.id} />
            <FindPanel />
            <Said />
            <Drawer
              problems={problems}
              runs={<TestRuns flowId={page.flowId} ui={ui} shown={runId} view={run} onTest={openTest} />}
              tests={<TestsTab />}
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
        {dialog === 'test' && <TestAllDialog last={last} onClose={close} onStarted={showRun} />}
        {part && partNode && (
          <PartDialog kind={part.kind} node={partNode} last={last} onClose={noPart} onStarted={showRun} />
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
